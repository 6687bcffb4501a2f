import type { Reading } from "../../model/monitor.ts";
import type { Partition, PartitionKind } from "./partitions.ts";

/** In the order they came, without an index: twenty thousand monitors write one page a second, not a thousand. */
export const READINGS: PartitionKind = {
  name: "reading",
  period: "hour",
  tables: [
    `create table if not exists reading (
      monitor integer not null,
      at integer not null,
      state integer not null,
      took_ms integer not null,
      value real,
      release text,
      detail text
    )`,
  ],
};

export const STATES = ["up", "down", "unknown"] as const;

interface ReadingRow {
  monitor: number;
  at: number;
  state: number;
  took_ms: number;
  value: number | null;
  release: string | null;
  detail: string | null;
}

export function insertReading(partition: Partition, number: number, reading: Reading): void {
  const { at, state, tookMs, value, release, detail } = reading;
  partition
    .statement(
      "insert into reading (monitor, at, state, took_ms, value, release, detail) values (?,?,?,?,?,?,?)",
    )
    .run(
      number,
      Math.round(at),
      STATES.indexOf(state),
      Math.round(tookMs),
      value === undefined ? null : compact(value),
      release ?? null,
      // Of thousands that are well nobody reads the words; of one that is not, everybody.
      state === "up" ? null : detail,
    );
}

/** Whole numbers take a byte or two, fractions eight. */
function compact(value: number): number {
  return Math.abs(value) >= 10 ? Math.round(value) : Number(value.toPrecision(4));
}

export function selectReadings(
  partition: Partition,
  { number, from, until }: { number: number; from: number; until: number },
): ReadingRow[] {
  return partition
    .statement("select * from reading where monitor = ? and at >= ? and at < ? order by at")
    .all(number, from, until) as unknown as ReadingRow[];
}

export function toReading(row: Omit<ReadingRow, "monitor">, monitor: string): Reading {
  return {
    monitor,
    at: row.at,
    state: STATES[row.state] ?? "unknown",
    tookMs: row.took_ms,
    release: row.release ?? undefined,
    detail: row.detail ?? "",
    ...(row.value !== null && { value: row.value }),
  };
}
