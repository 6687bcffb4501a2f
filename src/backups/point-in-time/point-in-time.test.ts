import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backupSceneFor } from "../../../test/fixtures/backup-scene.ts";
import { type SuppliedPostgres, startSupplied } from "../../../test/fixtures/supplied-postgres.ts";
import { postgresOptions } from "../../components/postgres/options.ts";
import { Secret } from "../../model/secret.ts";
import { openDoors } from "../../system/doors.ts";
import type { BackupScene } from "../scene.ts";
import { bringAway } from "./bring-away.ts";
import { keepRecoverable } from "./keep.ts";
import { type OwnServer, ownServers } from "./own-server.ts";
import { restoreToTime } from "./restore-to-time.ts";

const signal = new AbortController().signal;
const doors = openDoors();
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

it("recovers to a time between two rows with the first row alone, and to now with both", async () => {
  await write("create table marker (what text primary key)");
  await keepRecoverable(scene, { signal });
  const first = await write("insert into marker values ('before')");
  await doors.clock.delay(20);
  await write("insert into marker values ('later')");
  await doors.clock.delay(1_100);
  expect(await markersAt(first + 5)).toEqual(["before"]);
  const { until = 0 } = await bringAway(scene, server, signal);
  expect(await markersAt(until)).toEqual(["before", "later"]);
});
