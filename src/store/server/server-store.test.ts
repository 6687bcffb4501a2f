import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import type { Clock } from "../../model/doors.ts";
import type { Reading } from "../../model/monitor.ts";
import { openClock } from "../../system/clock.ts";
import { openRandom } from "../../system/random.ts";
import { openSqlPool } from "../../system/sql-pool.ts";
import { openServerStore } from "../open-server-store.ts";
import type { Store } from "../store.ts";
import type { StoreServer } from "../store-server.ts";
import { openPeriodTable } from "./period-tables.ts";
import { createSession } from "./session.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function open(launch: string, clock: Clock = openClock()): Promise<Store & { server: StoreServer }> {
  const given = { address: postgres.url, variable: "S", launch, clock, random: openRandom() };
  const store = await openServerStore(given);
  if (!store.server) throw new Error("no store on a server");
  return { ...store, server: store.server };
}

const TASKS = Array.from({ length: 12 }, (_, index) => `web/task-${index}`);

describe("leases", () => {
  it("give each task to one worker, and what a dead one held to others when its lease is over", async () => {
    await using store = await open("leases");
    const book = store.server.leases("production");
    await book.declare(TASKS);
    const me = { who: "ada@laptop", pid: 1 };
    const short = await book.enter({ ...me, leaseMs: 400 });
    const long = await book.enter({ ...me, leaseMs: 60_000 });
    const [mine, others] = await Promise.all([short.take(TASKS, 5), long.take(TASKS, 5)]);
    expect(mine).toHaveLength(5);
    expect(others).toHaveLength(5);
    expect(new Set([...mine, ...others]).size).toBe(10);
    expect(await long.take(["web/unknown"], 5)).toEqual([]);
    expect(await long.renew()).toEqual({ workers: 2, free: 2 });
    expect(await book.workers()).toMatchObject([{ tasks: 5 }, { tasks: 5 }]);
    await expect.poll(() => long.renew()).toEqual({ workers: 1, free: 7 });
    expect(await short.renew()).toBeUndefined();
    await expect(short.take(TASKS, 99)).resolves.toEqual([]);
    expect((await long.take(TASKS, 99)).toSorted()).toEqual(
      TASKS.filter((task) => !others.includes(task)).toSorted(),
    );
    await long.giveBack(mine);
    const third = await book.enter({ ...me, leaseMs: 60_000 });
    expect((await third.take(TASKS, 99)).toSorted()).toEqual(mine.toSorted());
    await third.leave();
    expect((await long.take(TASKS, 99)).toSorted()).toEqual(mine.toSorted());
  });

  it("are by environment, and those of what is declared no more are struck out", async () => {
    await using store = await open("declared");
    const book = store.server.leases("production");
    await book.declare(TASKS);
    await store.server.leases("staging").declare(["web/other"]);
    await book.declare(TASKS.slice(0, 2), { isAll: true });
    const lease = await book.enter({ who: "a", pid: 1, leaseMs: 60_000 });
    expect(await lease.take([...TASKS, "web/other"], 99)).toEqual(TASKS.slice(0, 2));
  });
});

const START = Date.UTC(2026, 10, 30, 21);
const STEP_MS = 1_200_000;

function reading(at: number, more: Partial<Reading> = {}): Reading {
  return { monitor: "web/up", at, state: "up", tookMs: 3, release: "r1", detail: "", value: 2, ...more };
}

describe("measurements of several workers", () => {
  it("are summed once over the turn of a month, and what comes late is made good", async () => {
    let now = START;
    const clock: Clock = { now: () => now, monotonicMs: () => now, delay: async () => undefined };
    await using one = await open("sums", clock);
    await using two = await open("sums", clock);
    const first = await one.server.openMeasurements("production", { writes: true });
    const second = await two.server.openMeasurements("production", { writes: true });
    const late: Reading[] = [];
    for (; now < START + 12 * 3_600_000; now += STEP_MS) {
      await Promise.all([first.append([reading(now)]), second.append([reading(now + 1, { state: "down" })])]);
      late.push(reading(now + 2, { value: 5, release: undefined }));
    }
    const span = { monitor: "web/up", from: 0, until: now };
    const shown = async (step: "minute" | "hour" | "day") =>
      (await second.sums({ ...span, step })).map(({ up, down, total, most, release }) =>
        [up, down, total, most, release].join(" "),
      );
    expect(await shown("hour")).toEqual(new Array(12).fill("3 3 12 2 r1"));
    expect(await shown("day")).toEqual(["9 9 36 2 r1", "27 27 108 2 r1"]);
    // Half an hour without the store, then all of it at once; the sums of those minutes were written long ago.
    await first.append(late);
    for (const again of [1, 2]) {
      expect(await shown("hour"), `look ${again}`).toEqual(new Array(12).fill("6 3 27 5 r1"));
      expect(await shown("day")).toEqual(["18 9 81 5 r1", "54 27 243 5 r1"]);
      await first.dropOld(now);
    }
    now += 86_400_000;
    await first.dropOld(now);
    expect(await first.readings(span)).toEqual([]);
    expect(await shown("hour")).toEqual(new Array(12).fill("6 3 27 5 r1"));
  });

  it("are handed to whoever watches, each once, in order, with whatever characters", async () => {
    await using store = await open("handed");
    const { server } = store;
    const at = Date.now();
    const worker = await server.openMeasurements("production", { writes: true, hands: true });
    const batches = [0, 1, 2].map((index) => [
      reading(at + index, { state: "down", detail: `said \0 ${index}`, fix: "mend it" }),
    ]);
    for (const batch of batches) await worker.append(batch);
    expect(await server.takeHanded("staging")).toEqual([]);
    const taken = (await Promise.all([1, 2].map(() => server.takeHanded("production")))).flat();
    expect(taken).toEqual(
      batches.flat().map((each) => ({ ...each, detail: each.detail.replace("\0", "\ufffd") })),
    );
    expect(await server.takeHanded("production")).toEqual([]);
    expect(await worker.latest()).toMatchObject([{ at: at + 2, state: "down" }]);
  });
});

it("readings are handed over once though what follows from them cannot be written", async () => {
  let now = START;
  const clock: Clock = { now: () => now, monotonicMs: () => now, delay: async () => undefined };
  await using store = await open("upkeep", clock);
  const worker = await store.server.openMeasurements("production", { writes: true, hands: true });
  await worker.append([reading(now)]);
  await postgres.run(`create function gonogo_upkeep.broken() returns trigger language plpgsql as
    $$ begin raise exception 'no room'; end $$`);
  await postgres.run(`create trigger broken before update on gonogo_upkeep.monitor
    for each row execute function gonogo_upkeep.broken()`);
  now += 20_000;
  await worker.append([reading(now)]);
  expect(worker.upkeepTrouble()).toMatch("no room");
  expect((await store.server.takeHanded("production")).map(({ at }) => at)).toEqual([START, now]);
  await postgres.run("drop trigger broken on gonogo_upkeep.monitor");
  now += 1_000;
  await worker.append([reading(now)]);
  expect(worker.upkeepTrouble()).toBeUndefined();
});

describe("parts of a table", () => {
  it("are counted as they are dropped, up to one that somebody reads", async () => {
    await using store = await open("parts");
    const schema = "gonogo_parts";
    const settings = { search_path: schema };
    const pool = await openSqlPool(postgres.url, { settings, most: 2, variable: "S" });
    const session = createSession(pool, { place: store.server.place, variable: "S", schema });
    const table = openPeriodTable({ session, schema }, { name: "reading", period: "hour" });
    const hours = [0, 1, 2].map((index) => START + index * 3_600_000);
    await table.ready(hours);
    const reader = await session.connection();
    await reader.query("begin");
    await reader.query("select * from reading_2026113023");
    expect(await table.dropBefore(START + 86_400_000)).toBe(2);
    await reader.query("commit");
    reader.release();
    expect(await table.dropBefore(START + 86_400_000)).toBe(1);
    await pool.end();
  });
});
