import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import { mountSmallDisk } from "../../../test/fixtures/small-disk.ts";
import type { Clock } from "../../model/doors.ts";
import type { Reading } from "../../model/monitor.ts";
import { openFiles } from "../../system/files.ts";
import { openRandom } from "../../system/random.ts";
import { openServerStore } from "../open-server-store.ts";
import type { MeasurementStore, Resolution } from "./measurement-store.ts";
import { openMeasurements } from "./open-measurements.ts";

const START = Date.UTC(2026, 10, 21, 22, 58);
const TURN = Date.UTC(2026, 10, 22);
const files = openFiles();
let now: number;
const clock: Clock = { now: () => now, monotonicMs: () => now, delay: async () => undefined };
const KINDS = ["reading", "minute", "hour", "day"] as const;
type Kind = (typeof KINDS)[number];
const STEPS = ["minute", "hour", "day"] as const;
const FOLLOWING = ["latest", ...STEPS] as const;
type Following = (typeof FOLLOWING)[number];

interface Place {
  /** Another process, as far as the measurements can tell. */
  open(writes?: boolean): Promise<MeasurementStore>;
  /** The parts that readings or sums lie in, by time. */
  parts(kind: Kind): Promise<string[]>;
  /** What follows from readings can be written no more, until it is mended. */
  breaks(what: Following): Promise<() => Promise<void>>;
  clear(): void;
}

const BROKEN = "cannot be written for now";

function filePlace(): Place {
  const directory = mkdtempSync(path.join(tmpdir(), "gonogo-measurements-"));
  return {
    open: (writes = true) => openMeasurements(directory, { clock, files, writes }),
    parts: async (kind) =>
      readdirSync(path.join(directory, kind)).flatMap((name) =>
        name.endsWith(".db") ? [name.slice(0, -3).replaceAll(/\D/g, "")] : [],
      ),
    async breaks(what) {
      const folder = path.join(directory, what);
      const file =
        what === "latest" ? path.join(directory, "catalogue.db") : path.join(folder, newest(folder));
      const change = what === "latest" ? "update on monitor" : "insert on sum";
      inFile(
        file,
        `create trigger broken before ${change} begin select raise(abort, 'the ${what} ${BROKEN}'); end`,
      );
      return async () => inFile(file, "drop trigger broken");
    },
    clear: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function newest(folder: string): string {
  const [name] = readdirSync(folder)
    .filter((each) => each.endsWith(".db"))
    .toSorted()
    .toReversed();
  if (name === undefined) throw new Error(`nothing in ${folder}`);
  return name;
}

function inFile(file: string, statement: string): void {
  const database = new DatabaseSync(file);
  database.exec(`pragma busy_timeout = 5000; ${statement}`);
  database.close();
}

let server: Promise<TestPostgres> | undefined;
let count = 0;
afterAll(async () => await (await server)?.stop());

async function serverPlace(): Promise<Place> {
  server ??= startPostgres();
  const { url: address, run } = await server;
  const launch = `shop-${++count}`;
  const table = (kind: Kind): string => (kind === "reading" ? "reading" : `sum_${kind}`);
  return {
    async open(writes = true) {
      const store = await openServerStore({ address, variable: "S", launch, clock, random: openRandom() });
      if (!store.server) throw new Error("no store on a server");
      const measurements = await store.server.openMeasurements("production", { writes });
      const ended = async (): Promise<void> => {
        await measurements[Symbol.asyncDispose]();
        await store[Symbol.asyncDispose]();
      };
      return { ...measurements, [Symbol.asyncDispose]: ended };
    },
    parts: async (kind) =>
      (
        await run(
          `select relname from pg_inherits join pg_class on oid = inhrelid
           where inhparent = 'gonogo_shop_${count}.${table(kind)}'::regclass order by relname`,
        )
      ).map(({ relname }) => String(relname).replace(/^.*_/, "")),
    async breaks(what) {
      const schema = `gonogo_shop_${count}`;
      const [change, name] = what === "latest" ? ["update", "monitor"] : ["insert", `sum_${what}`];
      await run(`create or replace function ${schema}.broken() returns trigger language plpgsql as
        $$ begin raise exception 'the ${what} ${BROKEN}'; end $$`);
      await run(`create trigger broken before ${change} on ${schema}.${name}
        for each row execute function ${schema}.broken()`);
      return async () => void (await run(`drop trigger broken on ${schema}.${name}`));
    },
    clear: () => undefined,
  };
}

let place: Place;
describe.each([
  { database: "SQLite", newPlace: filePlace },
  { database: "Postgres", newPlace: serverPlace },
])("in $database", ({ newPlace }) => {
  beforeEach(async () => {
    now = START;
    place = await newPlace();
  });
  afterEach(() => place.clear());
  suite();
});

/** Of a watch of 22 minutes, eight of them before the turn of a day. */
async function expectWhole(store: MeasurementStore): Promise<void> {
  const span = { monitor: "web/up", from: TURN - 480_000, until: TURN + 840_000 };
  expect(await store.readings(span)).toHaveLength(66);
  const asked = { ...span, from: TURN - 86_400_000 };
  const counted = async (step: Resolution) =>
    (await store.sums({ ...asked, step })).map(({ up, down, total, release }) => [up + down, total, release]);
  expect(await counted("minute")).toEqual(new Array(22).fill([3, 36, "r1"]));
  for (const step of ["hour", "day"] as const) {
    expect(await counted(step)).toEqual([
      [24, 288, "r1"],
      [42, 504, "r1"],
    ]);
  }
  expect(await store.latest()).toMatchObject([{ at: TURN + 820_000 }]);
}

function reading(monitor: string, at: number, more: Partial<Reading> = {}): Reading {
  return { monitor, at, state: "up", tookMs: 12, release: "r1", detail: "fine", value: 12, ...more };
}

/** A reading every 20 s; every tenth is down, unless all is well. */
async function watch(store: MeasurementStore, minutes: number, isWell = false): Promise<void> {
  for (let step = 0; step < minutes * 3; step++) {
    const isDown = !isWell && step % 10 === 9;
    await store.append([reading("web/up", now, isDown ? { state: "down", detail: "answered 503" } : {})]);
    now += 20_000;
  }
}

function suite(): void {
  test("readings come back as they were over the turn of a day, and their sums at every step", async () => {
    await using store = await place.open();
    await watch(store, 10);
    const span = { monitor: "web/up", from: START, until: now };
    const kept = await store.readings(span);
    expect(kept).toHaveLength(30);
    expect(kept[9]).toEqual(reading("web/up", START + 180_000, { state: "down", detail: "answered 503" }));
    expect(await place.parts("reading")).toEqual(["2026112122", "2026112123"]);
    const minutes = await store.sums({ ...span, step: "minute" });
    expect(minutes.map(({ up, down }) => up + down)).toEqual(new Array(10).fill(3));
    const [hour] = await store.sums({ ...span, from: START - 3_600_000, step: "hour" });
    expect(hour).toEqual({
      at: Date.UTC(2026, 10, 21, 22),
      up: 6,
      down: 0,
      unknown: 0,
      total: 72,
      mean: 12,
      least: 12,
      most: 12,
      release: "r1",
    });
    const [day] = await store.sums({ ...span, from: 0, step: "day" });
    expect(day).toMatchObject({ up: 27, down: 3 });
    expect(await store.latest()).toMatchObject([{ monitor: "web/up", at: START + 580_000 }]);
  });

  test("a process that was killed loses no readings, and their sums are made good by the next, once", async () => {
    const killed = await place.open();
    await watch(killed, 4);
    await killed.append([reading("web/up", now, { state: "down", detail: "gone" })]);
    await using store = await place.open();
    const span = { monitor: "web/up", from: START - 3_600_000, until: now + 1 };
    expect(await store.sums({ ...span, step: "hour" })).toMatchObject([{ up: 6 }, { up: 5, down: 2 }]);
    expect(await store.latest()).toMatchObject([{ state: "down", detail: "gone" }]);
    await using again = await place.open();
    expect(await again.sums({ ...span, step: "hour" })).toMatchObject([{ up: 6 }, { up: 5, down: 2 }]);
  });

  /** Something of each kind is written, and can then be broken. */
  async function begun(): Promise<MeasurementStore> {
    now = TURN - 480_000;
    const store = await place.open();
    await watch(store, 6, true);
    return store;
  }

  test.each(FOLLOWING)(
    "readings whose %s cannot be written are kept once, and it is made good",
    async (what) => {
      await using store = await begun();
      const mend = await place.breaks(what);
      await watch(store, 10, true);
      expect(store.upkeepTrouble()).toMatch(`the ${what} ${BROKEN}`);
      await mend();
      await watch(store, 6, true);
      expect(store.upkeepTrouble()).toBeUndefined();
      await expectWhole(store);
    },
  );

  test.each(STEPS)("a process that is killed while the %s cannot be written loses nothing", async (step) => {
    const killed = await begun();
    const mend = await place.breaks(step);
    await watch(killed, 16, true);
    await mend();
    for (let again = 0; again < 2; again++) {
      await using store = await place.open();
      await expectWhole(store);
    }
  });

  test("somebody who only reads changes nothing beside the one who writes", async () => {
    await using store = await place.open();
    await watch(store, 3);
    const reader = await place.open(false);
    const span = { monitor: "web/up", from: START, until: now };
    expect(await reader.readings(span)).toHaveLength(9);
    await reader[Symbol.asyncDispose]();
    expect(await store.sums({ ...span, step: "day", from: 0 })).toMatchObject([{ up: 9 }]);
  });

  test("each kind goes when it is too old, by whole files", async () => {
    await using store = await place.open();
    await watch(store, 6);
    const left = async () => {
      await store.dropOld(now);
      const parts = await Promise.all(KINDS.map((kind) => place.parts(kind)));
      return KINDS.filter((_, index) => parts[index]?.length !== 0);
    };
    expect(await left()).toEqual(["reading", "minute", "hour", "day"]);
    now += 8 * 3_600_000;
    expect(await left()).toEqual(["minute", "hour", "day"]);
    now += 5 * 86_400_000;
    expect(await left()).toEqual(["hour", "day"]);
    now += 124 * 86_400_000;
    expect(await left()).toEqual(["day"]);
  });
}

test("a full disk is told as that, with the file, and nothing is lost that was kept", async () => {
  using disk = mountSmallDisk(4);
  now = START;
  const measurements = await openMeasurements(disk.directory, { clock, files, writes: true });
  const reading: Reading = { monitor: "api/up", at: now, state: "up", tookMs: 1, release: "r1", detail: "" };
  await measurements.append([reading]);
  disk.fill();
  const many = Array.from({ length: 2_000 }, (_, index) => ({ ...reading, at: now + index }));
  await expect(measurements.append(many)).rejects.toMatchObject({
    message: "no space left on the disk for the store",
    where: expect.stringMatching(/\.db$/),
  });
  disk.free();
  await measurements.append([{ ...reading, at: now + 5_000 }]);
  expect(await measurements.readings({ monitor: "api/up", from: now, until: now + 6_000 })).toHaveLength(2);
  await measurements[Symbol.asyncDispose]();
});

test("of a batch whose second part could not be kept, what was is not kept twice", async () => {
  now = START + 120_000;
  const directory = mkdtempSync(path.join(tmpdir(), "gonogo-measurements-"));
  const store = await openMeasurements(directory, { clock, files, writes: true });
  const batch = [-2, -1, 0, 1].map((minute) => reading("web/up", now + minute * 60_000));
  const blocked = path.join(directory, "reading", "2026-11-21T23.db");
  mkdirSync(blocked, { recursive: true });
  await expect(store.append(batch)).rejects.toThrow("cannot be opened");
  rmdirSync(blocked);
  const more = reading("web/up", now + 120_000);
  await store.append([...batch, more]);
  const span = { monitor: "web/up", from: START, until: now + 180_000 };
  expect((await store.readings(span)).map(({ at }) => at)).toEqual([...batch, more].map(({ at }) => at));
  expect((await store.sums({ ...span, from: 0, step: "day" })).map(({ up }) => up)).toEqual([5]);
  await store[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});
