import type { Clock, Files } from "../../model/doors.ts";
import type { Reading } from "../../model/monitor.ts";
import { openCatalogue } from "./catalogue.ts";
import { KEPT_MS } from "./kept.ts";
import type { MeasurementStore } from "./measurement-store.ts";
import { openSums } from "./open-sums.ts";
import { inTransaction, openPartitions } from "./partitions.ts";
import { insertReading, READINGS, selectReadings, toReading } from "./reading-table.ts";
import { troubleOf } from "./trouble-of.ts";

const HOUR_MS = 3_600_000;
const LATEST_EVERY_MS = 15_000;

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
  const sums = openSums({ directory, readings, catalogue, files, clock });
  const newest = new Map<string, Reading>();
  const known = new Map<string, Reading["state"]>();
  /** Kept although the rest of their batch was not: who hands that in again means the rest. */
  const keptBefore = new WeakSet<Reading>();
  let latestAt = clock.now();
  let latestTrouble: string | undefined;
  let sumTrouble: string | undefined;

  async function append(batch: readonly Reading[]): Promise<void> {
    await catalogue.declare([...new Set(batch.map(({ monitor }) => monitor))]);
    const fresh = batch.filter((reading) => !keptBefore.has(reading));
    const changed = fresh.filter(({ monitor, state }) => known.get(monitor) !== state);
    const parts = [...byHour(fresh)];
    for (const [index, part] of parts.entries()) {
      try {
        await insert(part);
      } catch (thrown) {
        for (const reading of parts.slice(0, index).flat()) keptBefore.add(reading);
        throw thrown;
      }
    }
    latestTrouble = await troubleOf(() => keepLatest(changed));
    sumTrouble = await troubleOf(sums.writeDue);
  }

  async function insert(part: readonly Reading[]): Promise<void> {
    const partition = await readings.at(part[0]?.at ?? 0);
    await inTransaction(partition, () => {
      for (const reading of part) insertReading(partition, numberOf(reading.monitor), reading);
    });
    for (const reading of part) {
      sums.add(numberOf(reading.monitor), reading);
      newest.set(reading.monitor, reading);
      known.set(reading.monitor, reading.state);
    }
  }

  function numberOf(monitor: string): number {
    return catalogue.numberOf(monitor) ?? 0;
  }

  /** Of each monitor now and then; of what changed at once, and of all when that was tried and failed. */
  async function keepLatest(changed: readonly Reading[]): Promise<void> {
    const isDue = latestTrouble !== undefined || clock.now() - latestAt >= LATEST_EVERY_MS;
    if (isDue) await keepNewest();
    else if (changed.length > 0) await catalogue.keepLatest(changed);
  }

  async function keepNewest(): Promise<void> {
    const kept = [...newest.values()];
    // Whoever only reads writes nothing, on a full disk too.
    if (kept.length > 0) await catalogue.keepLatest(kept);
    for (const reading of kept) if (newest.get(reading.monitor) === reading) newest.delete(reading.monitor);
    latestAt = clock.now();
  }

  if (writes) await sums.rebuild();
  for (const { monitor, state } of catalogue.latest()) known.set(monitor, state);

  return {
    declare: (monitors) => catalogue.declare(monitors.map(({ id }) => id)),
    append,
    upkeepTrouble: () => latestTrouble ?? sumTrouble,
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
    sums: ({ monitor, ...span }) => sums.select({ ...span, number: numberOf(monitor) }),
    async dropOld(now) {
      await readings.dropBefore(now - KEPT_MS.reading);
      await sums.dropOld(now);
    },
    sizeBytes: () => sizeOf(directory, files),
    async [Symbol.asyncDispose]() {
      try {
        await keepNewest();
        await sums.writeAll();
      } finally {
        readings.close();
        sums.close();
        catalogue.close();
      }
    },
  };
}

function byHour(batch: readonly Reading[]): Iterable<readonly Reading[]> {
  return Map.groupBy(batch, ({ at }) => Math.floor(at / HOUR_MS)).values();
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
