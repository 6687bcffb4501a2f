import type { Clock } from "../../model/doors.ts";
import type { Reading } from "../../model/monitor.ts";
import { KEPT_MS } from "../measurements/kept.ts";
import type { MeasurementStore, Resolution } from "../measurements/measurement-store.ts";
import { toSum } from "../measurements/sum-table.ts";
import { troubleOf } from "../measurements/trouble-of.ts";
import { handOver } from "./handed-readings.ts";
import { openPeriodTable, type Period } from "./period-tables.ts";
import { insertReadings, keepLatest, selectLatest, selectReadings } from "./reading-rows.ts";
import type { ServerSession } from "./session.ts";
import { selectSums, summedUntil, sumUp } from "./sums.ts";

const LATEST_EVERY_MS = 15_000;
const SUM_EVERY_MS = 60_000;
const PERIODS: Readonly<Record<Resolution, Period>> = { minute: "day", hour: "month", day: "year" };
const STEPS = ["minute", "hour", "day"] as const;

/**
 * Measurements of one environment on the store's server. Several processes may write, each what it has asked itself;
 * all see the same sums at once.
 */
export async function openServerMeasurements(given: {
  readonly session: ServerSession;
  readonly schema: string;
  readonly environment: string;
  readonly clock: Clock;
  readonly writes: boolean;
  readonly hands: boolean;
}): Promise<MeasurementStore> {
  const { session, environment, clock, writes, hands } = given;
  const readings = openPeriodTable(given, { name: "reading", period: "hour" });
  const tableOf = (step: Resolution) =>
    openPeriodTable(given, { name: `sum_${step}`, period: PERIODS[step] });
  const sums = { minute: tableOf("minute"), hour: tableOf("hour"), day: tableOf("day") };
  const numbers = new Map<string, number>();
  const newest = new Map<string, Reading>();
  const known = new Map<string, Reading["state"]>();
  let latestAt = clock.now();
  let summedAt = Number.NEGATIVE_INFINITY;
  let latestTrouble: string | undefined;
  let sumTrouble: string | undefined;

  const numberOf = (monitor: string): number => numbers.get(monitor) ?? 0;

  async function loadNumbers(): Promise<void> {
    const rows = await session.rows<{ id: string; number: number }>(
      "select id, number from monitor where environment = $1",
      [environment],
    );
    for (const { id, number } of rows) numbers.set(id, number);
  }

  async function declare(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !numbers.has(id));
    if (missing.length === 0) return;
    await session.rows(
      `insert into monitor (environment, id) select $1, id from unnest($2::text[]) as given (id) order by id
       on conflict do nothing`,
      [environment, missing],
    );
    await loadNumbers();
  }

  async function append(batch: readonly Reading[]): Promise<void> {
    if (batch.length === 0) return;
    await declare([...new Set(batch.map(({ monitor }) => monitor))]);
    const changed = newestOf(batch.filter(({ monitor, state }) => known.get(monitor) !== state));
    try {
      await readings.ready(batch.map(({ at }) => at));
      await session.transaction(async (ask) => {
        await insertReadings(ask, batch, numberOf);
        if (hands) await handOver(ask, { environment, at: clock.now(), readings: batch });
        await keepLatest(ask, changed, numberOf);
      });
    } catch (thrown) {
      // Somebody may have dropped the part that these belong to: the next try makes it anew.
      readings.forget();
      throw thrown;
    }
    for (const reading of batch) {
      newest.set(reading.monitor, reading);
      known.set(reading.monitor, reading.state);
    }
    await keepUp();
  }

  /** Readings that are committed, and handed over, are not handed in again for what fails after them. */
  async function keepUp(): Promise<void> {
    if (clock.now() - latestAt >= LATEST_EVERY_MS) latestTrouble = await troubleOf(keepNewest);
    if (clock.now() - summedAt >= SUM_EVERY_MS) sumTrouble = await troubleOf(sum);
  }

  async function keepNewest(): Promise<void> {
    const kept = [...newest.values()];
    await session.transaction((ask) => keepLatest(ask, kept, numberOf));
    for (const reading of kept) if (newest.get(reading.monitor) === reading) newest.delete(reading.monitor);
    latestAt = clock.now();
  }

  async function sum(): Promise<number> {
    summedAt = clock.now();
    return await sumUp(session, { now: summedAt, ready: (step, times) => sums[step].ready(times) });
  }

  await loadNumbers();
  if (writes) await summedUntil(session.rows, Math.floor(clock.now() / 60_000 - 2) * 60_000);
  for (const { monitor, state } of await selectLatest(session.rows, environment)) known.set(monitor, state);

  return {
    declare: (monitors) => declare(monitors.map(({ id }) => id)),
    append,
    upkeepTrouble: () => latestTrouble ?? sumTrouble,
    async latest() {
      const kept = new Map(
        (await selectLatest(session.rows, environment)).map((reading) => [reading.monitor, reading]),
      );
      for (const [id, reading] of newest) if (reading.at >= (kept.get(id)?.at ?? 0)) kept.set(id, reading);
      return [...kept.values()];
    },
    readings: async (span) => {
      if (!numbers.has(span.monitor)) await loadNumbers();
      return await selectReadings(session.rows, { ...span, number: numberOf(span.monitor) });
    },
    sums: async (span) => {
      if (!numbers.has(span.monitor)) await loadNumbers();
      return (await selectSums(session.rows, { ...span, number: numberOf(span.monitor) })).map(toSum);
    },
    async dropOld(now) {
      // What is in no sum yet is kept, however old: nobody may have been there to add it up.
      const summed = await sum();
      await readings.dropBefore(Math.min(now - KEPT_MS.reading, summed));
      for (const step of STEPS) await sums[step].dropBefore(now - KEPT_MS[step]);
    },
    async sizeBytes() {
      const [row] = await session.rows<{ size: number }>(
        `select coalesce(sum(pg_total_relation_size(oid)), 0) as size from pg_class
         where relnamespace = current_schema()::regnamespace and relkind = 'r'
           and (relname = 'monitor' or relname ~ '^(reading|sum_(minute|hour|day))_[0-9]+$')`,
      );
      return row?.size ?? 0;
    },
    async [Symbol.asyncDispose]() {
      if (writes) await keepNewest();
    },
  };
}

function newestOf(readings: readonly Reading[]): Reading[] {
  return [...new Map(readings.map((reading) => [reading.monitor, reading])).values()];
}
