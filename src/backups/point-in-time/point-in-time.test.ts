import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backupSceneFor } from "../../../test/fixtures/backup-scene.ts";
import { startPostgres } from "../../../test/fixtures/postgres.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { type SuppliedPostgres, startSupplied } from "../../../test/fixtures/supplied-postgres.ts";
import { ask } from "../../assess/ask.ts";
import { postgresOptions } from "../../components/postgres/options.ts";
import { backupPointInTime } from "../../components/postgres/point-in-time/checks.ts";
import { createObserver } from "../../facts/observer.ts";
import type { Destination } from "../../model/backup-policy.ts";
import type { Outcome } from "../../model/outcome.ts";
import { Secret } from "../../model/secret.ts";
import { openDoors } from "../../system/doors.ts";
import { liveServer } from "../live-database.ts";
import { readBackups } from "../report.ts";
import type { BackupScene } from "../scene.ts";
import { placesOf } from "../scene.ts";
import { bringAway } from "./bring-away.ts";
import { copyWhenDue, keepRecoverable } from "./keep.ts";
import { type OwnServer, ownServers } from "./own-server.ts";
import { pruneArchive } from "./prune-archive.ts";
import { liveNameOf, restoreOverToTime } from "./restore-over.ts";
import { restoreToTime } from "./restore-to-time.ts";
import { isSegment, segmentOf } from "./segments.ts";

const signal = new AbortController().signal;
const doors = openDoors();
/** What was written within the last second is not promised yet. */
const MARGIN_MS = 1_100;
const OPTIONS = { backup: { pointInTime: true } };
let project = "";
let live: SuppliedPostgres;
let scene: BackupScene;
let server: OwnServer;

beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-time-"));
  chmodSync(project, 0o755);
  const directory = path.join(project, ".gonogo", "staging");
  live = await startSupplied({ directory, project, options: OPTIONS, doors, signal });
  const store = { copyTo: async () => ({ evidenceRows: 0 }) };
  const url = live.variables.get("DATABASE_URL") ?? new Secret("");
  const options = postgresOptions.parse(OPTIONS);
  scene = { ...backupSceneFor({ project, url, store, doors, options }), variables: live.variables };
  const [found] = await ownServers(scene);
  if (!found) throw new Error("the supplied server is not known as Gonogo's own");
  server = found;
});
afterAll(async () => {
  await live.stop();
  await doors[Symbol.asyncDispose]();
  for (const each of [project, ...live.directories]) rmSync(each, { recursive: true, force: true });
});

async function write(sql: string): Promise<number> {
  const url = live.variables.get("MIGRATION_DATABASE_URL") ?? new Secret("");
  await using session = await doors.sql.open(url, { readOnly: false });
  await session.query(sql);
  const [row] = await session.query<{ now: number }>(
    "select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now",
  );
  return row?.now ?? 0;
}

async function read(url: Secret): Promise<string[]> {
  await using session = await doors.sql.open(url);
  return (await session.query<{ what: string }>("select what from marker order by what")).map(
    ({ what }) => what,
  );
}

/** In a new database on the live server. */
async function markersAt(at: number): Promise<string[]> {
  const { database, problems } = await restoreToTime(scene, {
    at,
    name: `at_${doors.random.hex(4)}`,
    signal,
  });
  expect(problems).toEqual([]);
  const url = new URL(server.url.reveal());
  url.pathname = `/${database}`;
  return await read(new Secret(url.toString()));
}

const place = () => {
  const [first] = placesOf(scene);
  if (!first) throw new Error("no place");
  return first.place;
};
async function names(): Promise<string[]> {
  return (await place().list(signal))
    .map(({ name }) => name)
    .filter((name) => name.startsWith("point-in-time/"));
}
/** As the product asks it, of everything that is to be seen. */
async function asked(): Promise<Outcome> {
  const subject = subjectFor({
    component: "db",
    options: postgresOptions.parse(OPTIONS),
    variables: Object.fromEntries([...live.variables].map(([name, value]) => [name, value.reveal()])),
    backups: () => readBackups(scene, signal),
  });
  const observer = createObserver(doors, { signal });
  return (await ask(observer, subject, backupPointInTime)).outcome;
}

let first = 0;
it("recovers to a time between two rows with the first row alone, and to now with both", async () => {
  await write("create table marker (what text primary key)");
  expect(await asked()).toMatchObject({ status: "fail", fix: "gonogo backup --env staging" });
  await keepRecoverable(scene, { signal });
  first = await write("insert into marker values ('before')");
  await doors.clock.delay(20);
  await write("insert into marker values ('later')");
  await doors.clock.delay(MARGIN_MS);
  expect(await markersAt(first + 5)).toEqual(["before"]);
  const { until = 0 } = await bringAway(scene, server, signal);
  expect(await markersAt(until)).toEqual(["before", "later"]);
});

it("brings away sealed objects only, leaves nothing here, and nothing at all of an idle server", async () => {
  await write("insert into marker values ('canary-in-the-log')");
  expect((await bringAway(scene, server, signal)).segments).toBeGreaterThan(0);
  const before = await names();
  expect(before.some((name) => name.endsWith("/base.tar.zst.age"))).toBe(true);
  for (const name of before.filter((each) => each.endsWith(".age"))) {
    const text = readFileSync(path.join(place().label, name), "latin1");
    expect(text.startsWith("age-encryption.org/v1\n"), name).toBe(true);
    expect(text).not.toContain("canary-in-the-log");
  }
  expect((await doors.files.list(server.spool)).filter(isSegment)).toEqual([]);
  expect(await doors.files.list(server.outbox)).toEqual(["state.json"]);
  expect(await bringAway(scene, server, signal)).toMatchObject({ segments: 0, until: expect.any(Number) });
  expect(await names()).toEqual(before);
  expect(await asked()).toMatchObject({
    status: "pass",
    measured: { lagMs: 0, copies: 1, waitingSegments: 0 },
  });
});

it("says what can be had when a time cannot", async () => {
  const to = (at: number, component?: string) => restoreToTime(scene, { at, component, signal });
  await expect(to(Date.now() + 60_000)).rejects.toThrow(/is in the future: it is 20/);
  await expect(to(Date.now() - 3_600_000)).rejects.toThrow(
    /is before the earliest copy .* can be brought back to 20/,
  );
  await expect(to(first, "cache")).rejects.toMatchObject({ fix: "--component with one of: db" });
  const { database } = await liveServer(scene, componentOf("db"));
  const stop = new AbortController();
  const broken = restoreToTime(scene, {
    at: first + 5,
    name: "half",
    signal: stop.signal,
    onProgress: () => stop.abort(new Error("enough")),
  });
  await expect(broken).rejects.toThrow();
  const url = new URL(server.url.reveal());
  url.pathname = "/half";
  await expect(read(new Secret(url.toString()))).rejects.toThrow(/"half" does not exist/);
  await expect(restoreToTime(scene, { at: first + 5, name: database, signal })).rejects.toThrow(/already/);
  const bare = { ...scene, launch: { ...scene.launch, components: [] } };
  await expect(restoreToTime(bare, { at: first, signal })).rejects.toThrow(/no database is declared/);
});

it("keeps what a destination refuses until it takes it, and names what is lost with the machine", async () => {
  const full = {
    ...scene,
    policy: { ...scene.policy, destinations: scene.policy.destinations.map(refusing) },
  };
  await write("insert into marker values ('while it was full')");
  await expect(bringAway(full, server, signal)).rejects.toThrow(/away .*: no room.*|here .*: no room/);
  expect((await doors.files.list(server.outbox)).filter((name) => segmentOf(name, 0))).toHaveLength(1);
  expect(await asked()).toMatchObject({ measured: { waitingSegments: 1 } });
  await doors.clock.delay(MARGIN_MS);
  // Two at once, as a deploy beside a watch: each segment is brought once, and neither trips over the other.
  const both = await Promise.all([bringAway(scene, server, signal), bringAway(scene, server, signal)]);
  expect(both.map(({ segments }) => segments > 0).toSorted()).toEqual([false, true]);
  expect(await markersAt(both[0].until ?? 0)).toContain("while it was full");
});

it("puts a time in the place of what is live only once that is backed up, and keeps both", async () => {
  const over = (backUpLive: () => Promise<void>) =>
    restoreOverToTime(scene, { at: first + 5, signal, backUpLive });
  const url = live.variables.get("MIGRATION_DATABASE_URL") ?? new Secret("");
  const address = (name: string): Secret => {
    const own = new URL(server.url.reveal());
    own.pathname = `/${name}`;
    return new Secret(own.toString());
  };
  const now = await read(url);
  const name = await liveNameOf(scene, undefined);
  await expect(over(() => Promise.reject(new Error("no backup")))).rejects.toThrow("no backup");
  expect(await read(url)).toEqual(now);
  const { database, aside } = await over(async () => expect(await read(url)).toEqual(now));
  expect([database, await read(url), await read(address(aside))]).toEqual([name, ["before"], now]);
  expect(await write("insert into marker values ('after all')")).toBeGreaterThan(first);
  // Of the server's log nothing is lost by that: any second on either side can still be had.
  await doors.clock.delay(MARGIN_MS);
  const { until = 0 } = await bringAway(scene, server, signal);
  expect(await markersAt(until)).toEqual(["after all", "before"]);
});

it("copies the server again when that is due, once, and keeps what reaches into the window", async () => {
  const due = { ...server, declared: { ...server.declared, baseEveryMs: 0 } };
  expect(await copyWhenDue(scene, server, { signal })).toBe(false);
  const copied = await Promise.all([1, 2].map(() => copyWhenDue(scene, due, { signal })));
  expect(copied.toSorted()).toEqual([false, true]);
  expect(await asked()).toMatchObject({ status: "pass", measured: { copies: 2 } });
});

it("recovers elsewhere from a server that is gone, and names an object that was changed", async () => {
  const spare = await startPostgres();
  try {
    await live.stop("SIGKILL");
    for (const role of ["gonogo", "soulseer_owner"]) await spare.admin(`create role ${role}`);
    const into = (await spare.database("again")).adminUrl;
    const to = () => restoreToTime(scene, { at: first + 5, into, from: "here", signal });
    await expect(to()).rejects.toMatchObject({ fix: "create role soulseer_app;" });
    await spare.admin("create role soulseer_app");
    const [last] = (await names())
      .filter((name) => /wal-.*age$/.test(name))
      .toSorted()
      .slice(1);
    const file = path.join(place().label, last ?? "");
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.from(bytes).fill(0, bytes.length - 20));
    await expect(to()).rejects.toThrow(/is not what was written: its SHA-256 differs/);
    writeFileSync(file, bytes);
    await to();
    expect(await read(into)).toEqual(["before"]);
    // Of a server that is gone everything is said that is still to be had.
    expect(await asked()).toMatchObject({ status: "pass", measured: { archiverFailures: null } });
    await expect(restoreToTime(scene, { at: Date.now(), into, signal })).rejects.toThrow(
      /is after the last that was brought away \(its server does not answer\)/,
    );
    const declared = { ...server.declared, windowMs: 0 };
    const { bases } = await pruneArchive({ place: place(), server: { ...server, declared }, doors, signal });
    expect(bases).toHaveLength(1);
    expect((await names()).filter((name) => name.endsWith("base.tar.zst.age"))).toHaveLength(1);
    await expect(to()).rejects.toThrow(/is before the earliest copy/);
  } finally {
    await spare.stop();
  }
});

function refusing(destination: Destination): Destination {
  const { kind } = destination;
  const openPlace: typeof kind.openPlace = (request) => ({
    ...kind.openPlace(request),
    store: () => Promise.reject(new Error("no room")),
  });
  return { ...destination, kind: { ...kind, openPlace } };
}

function componentOf(name: string) {
  const found = scene.launch.components.find((each) => each.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}
