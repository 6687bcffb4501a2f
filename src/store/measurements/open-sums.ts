import type { Clock, Files } from "../../model/doors.ts";
import type { Reading } from "../../model/monitor.ts";
import type { Catalogue } from "./catalogue.ts";
import { KEPT_MS } from "./kept.ts";
import { type Resolution, STEP_MS, type Sum } from "./measurement-store.ts";
import { inTransaction, openPartitions, type Partitions } from "./partitions.ts";
import { rebuildSums } from "./rebuild-sums.ts";
import { createSumPile } from "./sum-pile.ts";
import {
  addReading,
  addSum,
  emptySum,
  mergeSum,
  type OpenSum,
  openSum,
  rowOf,
  SUMS,
  selectSums,
  toSum,
} from "./sum-table.ts";

/** Sums of readings, which wait in memory so that several minutes of a monitor go onto one page. */
export interface OpenSums {
  /** Counts a reading that is kept. */
  add(number: number, reading: Reading): void;
  /** Writes what has waited long enough. What cannot be written waits for the next time; throws why. */
  writeDue(): Promise<void>;
  writeAll(): Promise<void>;
  select(query: SumQuery): Promise<readonly Sum[]>;
  /** Makes good what an earlier process did not write. */
  rebuild(): Promise<void>;
  dropOld(now: number): Promise<void>;
  close(): void;
}

interface SumQuery {
  readonly number: number;
  readonly step: Resolution;
  readonly from: number;
  readonly until: number;
}

interface Waiting {
  /** By the beginning of their minute. */
  minutes: Map<number, OpenSum>;
  since: number;
}

const DAY_MS = STEP_MS.day;
const STEPS: readonly Resolution[] = ["minute", "hour", "day"];
const SUM_EVERY_MS = 300_000;
/** Of each step: files that cannot be written for long must not take the memory of what watches. */
const MOST_UNWRITTEN = 200_000;

export function openSums(given: {
  readonly directory: string;
  readonly readings: Partitions;
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly clock: Clock;
}): OpenSums {
  const { directory, readings, catalogue, files, clock } = given;
  const tables = {
    minute: openPartitions(directory, SUMS.minute, files),
    hour: openPartitions(directory, SUMS.hour, files),
    day: openPartitions(directory, SUMS.day, files),
  };
  const waiting = new Map<number, Waiting>();
  const unwritten = {
    minute: createSumPile("minute"),
    hour: createSumPile("hour"),
    day: createSumPile("day"),
  };
  /** The next process begins to make good from here. */
  let forgottenFrom = Number.POSITIVE_INFINITY;
  let turn: Promise<void> = Promise.resolve();

  function add(number: number, reading: Reading): void {
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

  /** One after the other, or what waits would be written twice. */
  function write(isDue: (entry: Waiting) => boolean): Promise<void> {
    const written = turn.then(() => writeNow(isDue));
    turn = written.catch(() => undefined);
    return written;
  }

  async function writeNow(isDue: (entry: Waiting) => boolean): Promise<void> {
    take(isDue);
    if (STEPS.every((step) => unwritten[step].all().length === 0)) return;
    const failures: unknown[] = [];
    for (const step of STEPS) failures.push(...(await writeStep(step)));
    await catalogue.setSummedUntil(oldest());
    if (failures.length > 0) throw failures[0];
  }

  /** From what waits for its time into what is to be written, before anything is awaited. */
  function take(isDue: (entry: Waiting) => boolean): void {
    for (const [number, entry] of waiting) {
      if (entry.minutes.size === 0 || !isDue(entry)) continue;
      for (const sum of entry.minutes.values()) for (const step of STEPS) unwritten[step].add(number, sum);
      entry.minutes = new Map();
      entry.since = clock.now();
    }
  }

  /** One file that cannot be written keeps nothing out of the others. */
  async function writeStep(step: Resolution): Promise<unknown[]> {
    const pile = unwritten[step];
    const failures: unknown[] = [];
    for (const part of Map.groupBy(pile.all(), ({ sum }) => periodOf(sum.at, step)).values()) {
      let isTaken = false;
      try {
        const partition = await tables[step].at(part[0]?.sum.at ?? 0);
        await inTransaction(partition, () => {
          for (const { number, sum } of part) addSum(partition, number, sum);
          // Before it is committed, which nothing comes between: whoever asks finds it here or there.
          pile.remove(part);
          isTaken = true;
        });
      } catch (thrown) {
        if (isTaken) for (const { number, sum } of part) pile.add(number, sum);
        failures.push(thrown);
      }
    }
    if (failures.length > 0) {
      const forgotten = pile.keepAtMost(MOST_UNWRITTEN);
      if (forgotten !== undefined) forgottenFrom = Math.min(forgottenFrom, forgotten);
    }
    return failures;
  }

  /** Up to when all readings are in all sums. */
  function oldest(): number {
    const least = (sums: readonly { readonly at: number }[]): number =>
      sums.reduce((found, { at }) => Math.min(found, at), Number.POSITIVE_INFINITY);
    return Math.min(
      clock.now(),
      forgottenFrom,
      least([...waiting.values()].flatMap(({ minutes }) => [...minutes.values()])),
      ...STEPS.map((step) => least(unwritten[step].all().map(({ sum }) => sum))),
    );
  }

  async function select({ number, step, from, until }: SumQuery): Promise<readonly Sum[]> {
    const parts = await tables[step].within(from, until);
    const rows = parts.flatMap((partition) => selectSums(partition, { number, from, until }));
    const found = new Map(rows.map((row) => [row.at, openSum(row)]));
    // What waits in memory is told all the same: read in the same moment, it is in one of both.
    for (const sum of [...unwritten[step].of(number), ...(waiting.get(number)?.minutes.values() ?? [])]) {
      const at = sum.at - (sum.at % STEP_MS[step]);
      if (at < from || at >= until) continue;
      const known = found.get(at) ?? emptySum(at);
      found.set(at, known);
      mergeSum(known, sum);
    }
    return [...found.values()].toSorted((a, b) => a.at - b.at).map((sum) => toSum(rowOf(sum)));
  }

  return {
    add,
    writeDue: () => write((entry) => clock.now() - entry.since >= SUM_EVERY_MS),
    writeAll: () => write(() => true),
    select,
    async rebuild() {
      const now = clock.now();
      // The minute before may have been summed in part.
      const since = catalogue.summedUntil() - STEP_MS.minute;
      await rebuildSums({ readings, sums: tables, since, now });
    },
    async dropOld(now) {
      for (const step of STEPS) await tables[step].dropBefore(now - KEPT_MS[step]);
    },
    close() {
      for (const table of Object.values(tables)) table.close();
    },
  };
}

const LENGTH: Readonly<Record<Resolution, number>> = { minute: 10, hour: 7, day: 4 };
const nameOfDay = new Map<number, string>();

/** "2026-11-21", "2026-11" or "2026": of thousands of sums nearly all are of the same day. */
function periodOf(at: number, step: Resolution): string {
  const day = Math.floor(at / DAY_MS);
  const known = nameOfDay.get(day) ?? new Date(at).toISOString().slice(0, LENGTH.minute);
  if (nameOfDay.size > 1_000) nameOfDay.clear();
  nameOfDay.set(day, known);
  return known.slice(0, LENGTH[step]);
}
