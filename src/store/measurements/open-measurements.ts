import type { Clock, Files } from "../../model/doors.ts";
import type { Reading } from "../../model/monitor.ts";
import { openCatalogue } from "./catalogue.ts";
import { KEPT_MS } from "./kept.ts";
import { type MeasurementStore, STEP_MS, type Step } from "./measurement-store.ts";
import { inTransaction, openPartitions } from "./partitions.ts";
import { insertReading, READINGS, selectAllReadings, selectReadings, toReading } from "./reading-table.ts";
import { addReading, addSum, emptySum, hasSum, type OpenSum, SUMS, selectSums } from "./sum-table.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const STEPS: readonly Step[] = ["minute", "hour", "day"];
/** Sums wait in memory so that several minutes of a monitor go onto one page; readings have them until then. */
const SUM_EVERY_MS = 300_000;
const LATEST_EVERY_MS = 15_000;

interface Waiting {
  /** By the beginning of their minute. */
  minutes: Map<number, OpenSum>;
  since: number;
}

/**
 * Opens the measurements of one environment in a directory of their own, making it when there is none. One process
 * writes; others may read meanwhile, and see sums some minutes later.
 */
export async function openMeasurements(
  directory: string,
  { clock, files, writes }: { clock: Clock; files: Files; writes: boolean },
): Promise<MeasurementStore> {
  await files.makeDirectory(directory, { mode: 0o700 });
  const catalogue = await openCatalogue(`${directory}/catalogue.db`);
  const readings = openPartitions(directory, READINGS, files);
  const sums = {
    minute: openPartitions(directory, SUMS.minute, files),
    hour: openPartitions(directory, SUMS.hour, files),
    day: openPartitions(directory, SUMS.day, files),
  };
  const waiting = new Map<number, Waiting>();
  const newest = new Map<string, Reading>();
  const known = new Map<string, Reading["state"]>();
  let latestAt = clock.now();

  async function append(batch: readonly Reading[]): Promise<void> {
    await catalogue.declare([...new Set(batch.map(({ monitor }) => monitor))]);
    for (const part of byHour(batch)) {
      const partition = await readings.at(part[0]?.at ?? 0);
      await inTransaction(partition, () => {
        for (const reading of part) insertReading(partition, numberOf(reading.monitor), reading);
      });
    }
    const changed = batch.filter(({ monitor, state }) => known.get(monitor) !== state);
    for (const reading of batch) {
      wait(numberOf(reading.monitor), reading);
      newest.set(reading.monitor, reading);
      known.set(reading.monitor, reading.state);
    }
    const now = clock.now();
    if (now - latestAt >= LATEST_EVERY_MS) await keepNewest(now);
    else if (changed.length > 0) await catalogue.keepLatest(changed);
    await writeSums((entry) => now - entry.since >= SUM_EVERY_MS);
  }

  function numberOf(monitor: string): number {
    return catalogue.numberOf(monitor) ?? 0;
  }

  function wait(number: number, reading: Reading): void {
    const entry = waiting.get(number) ?? { minutes: new Map<number, OpenSum>(), since: firstSince(number) };
    waiting.set(number, entry);
    const at = reading.at - (reading.at % STEP_MS.minute);
    const sum = entry.minutes.get(at) ?? emptySum(at);
    entry.minutes.set(at, sum);
    addReading(sum, reading);
  }

  /** Not all monitors at once, though all began at once. */
  function firstSince(number: number): number {
    return clock.now() - ((number * 7_919) % SUM_EVERY_MS);
  }

  async function keepNewest(now: number): Promise<void> {
    latestAt = now;
    // Whoever only reads writes nothing, on a full disk too.
    if (newest.size === 0) return;
    await catalogue.keepLatest([...newest.values()]);
    newest.clear();
  }

  async function writeSums(isDue: (entry: Waiting) => boolean): Promise<void> {
    const due = [...waiting].filter(([, entry]) => isDue(entry) && entry.minutes.size > 0);
    if (due.length === 0) return;
    const rows = due.flatMap(([number, { minutes }]) =>
      [...minutes.values()].map((sum) => ({ number, sum })),
    );
    // Taken before anything is awaited: what comes in meanwhile belongs to the next time.
    for (const [, entry] of due) {
      entry.minutes = new Map();
      entry.since = clock.now();
    }
    for (const step of STEPS) await addAll(step, rows);
    const oldest = Math.min(
      clock.now(),
      ...[...waiting.values()].flatMap(({ minutes }) => [...minutes.keys()]),
    );
    await catalogue.setSummedUntil(oldest);
  }

  let asked: { readonly numbers: Set<number>; readonly written: Promise<void> } | undefined;

  /** Sums of thousands of monitors that are asked for together, as a page does, are written together. */
  function written(number: number): Promise<void> {
    const numbers = asked?.numbers ?? new Set<number>();
    numbers.add(number);
    asked ??= {
      numbers,
      written: Promise.resolve().then(async () => {
        asked = undefined;
        const entries = new Set([...numbers].map((each) => waiting.get(each)));
        await writeSums((entry) => entries.has(entry));
      }),
    };
    return asked.written;
  }

  async function addAll(step: Step, rows: readonly { number: number; sum: OpenSum }[]): Promise<void> {
    const periods = Map.groupBy(rows, ({ sum }) => periodOf(sum.at, step));
    for (const part of periods.values()) {
      const partition = await sums[step].at(part[0]?.sum.at ?? 0);
      await inTransaction(partition, () => {
        for (const { number, sum } of part) {
          addSum(partition, number, { ...sum, at: sum.at - (sum.at % STEP_MS[step]) });
        }
      });
    }
  }

  /** What an earlier process was killed over: minutes whose readings were kept and whose sums were not. */
  async function recover(): Promise<void> {
    const from = catalogue.summedUntil();
    const start = Math.max(from - STEP_MS.minute, clock.now() - KEPT_MS.reading);
    const ids = new Map(catalogue.ids().map(([id, number]) => [number, id]));
    for (const partition of await readings.within(start, clock.now() + 1)) {
      const found = selectAllReadings(partition, start - (start % STEP_MS.minute));
      const summed = new Map<string, boolean>();
      for (const row of found) {
        const at = row.at - (row.at % STEP_MS.minute);
        const key = `${row.monitor} ${at}`;
        const isSummed = summed.get(key) ?? hasSum(await sums.minute.at(at), row.monitor, at);
        summed.set(key, isSummed);
        const id = ids.get(row.monitor);
        if (!isSummed && id !== undefined) wait(row.monitor, toReading(row, id));
      }
    }
    await writeSums(() => true);
  }

  if (writes) await recover();
  for (const { monitor, state } of catalogue.latest()) known.set(monitor, state);

  return {
    declare: (monitors) => catalogue.declare(monitors.map(({ id }) => id)),
    append,
    async latest() {
      const kept = new Map(catalogue.latest().map((reading) => [reading.monitor, reading]));
      for (const [id, reading] of newest) kept.set(id, reading);
      return [...kept.values()];
    },
    async readings({ monitor, from, until }) {
      const number = numberOf(monitor);
      const parts = await readings.within(from, until);
      return parts.flatMap((partition) =>
        selectReadings(partition, { number, from, until }).map((row) => toReading(row, monitor)),
      );
    },
    async sums({ monitor, from, until, step }) {
      const number = numberOf(monitor);
      await written(number);
      const parts = await sums[step].within(from, until);
      return parts.flatMap((partition) => selectSums(partition, { number, from, until }));
    },
    async dropOld(now) {
      await readings.dropBefore(now - KEPT_MS.reading);
      for (const step of STEPS) await sums[step].dropBefore(now - KEPT_MS[step]);
    },
    sizeBytes: () => sizeOf(directory, files),
    async [Symbol.asyncDispose]() {
      await keepNewest(clock.now());
      await writeSums(() => true);
      for (const each of [readings, ...Object.values(sums)]) each.close();
      catalogue.close();
    },
  };
}

function byHour(batch: readonly Reading[]): Iterable<readonly Reading[]> {
  return Map.groupBy(batch, ({ at }) => Math.floor(at / HOUR_MS)).values();
}

const PERIODS: Readonly<Record<Step, number>> = { minute: 10, hour: 7, day: 4 };
const nameOfDay = new Map<number, string>();

/** "2026-11-21", "2026-11" or "2026": of thousands of sums nearly all are of the same day. */
function periodOf(at: number, step: Step): string {
  const day = Math.floor(at / DAY_MS);
  const known = nameOfDay.get(day) ?? new Date(at).toISOString().slice(0, PERIODS.minute);
  if (nameOfDay.size > 1_000) nameOfDay.clear();
  nameOfDay.set(day, known);
  return known.slice(0, PERIODS[step]);
}

async function sizeOf(directory: string, files: Files): Promise<number> {
  let size = 0;
  for (const name of await files.list(directory)) {
    const path = `${directory}/${name}`;
    const found = await files.stat(path);
    size += found?.isDirectory ? await sizeOf(path, files) : (found?.sizeBytes ?? 0);
  }
  return size;
}
