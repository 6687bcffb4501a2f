import type { Reading } from "../../model/monitor.ts";
import type { Resolution, Sum } from "./measurement-store.ts";
import type { Partition, PartitionKind } from "./partitions.ts";

const TABLE = `create table if not exists sum (
  monitor integer not null,
  at integer not null,
  up integer not null,
  down integer not null,
  unknown integer not null,
  valued integer not null,
  total real,
  least real,
  most real,
  release text,
  primary key (monitor, at)
) without rowid`;

export const SUMS: Readonly<Record<Resolution, PartitionKind>> = {
  minute: { name: "minute", period: "day", tables: [TABLE] },
  hour: { name: "hour", period: "month", tables: [TABLE] },
  day: { name: "day", period: "year", tables: [TABLE] },
};

/** A sum that readings and other sums can be added to. */
export interface OpenSum {
  readonly at: number;
  up: number;
  down: number;
  unknown: number;
  valued: number;
  total: number;
  least: number;
  most: number;
  release: string | undefined;
}

export function emptySum(at: number): OpenSum {
  return {
    at,
    up: 0,
    down: 0,
    unknown: 0,
    valued: 0,
    total: 0,
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
    release: undefined,
  };
}

export function addReading(
  sum: OpenSum,
  { state, value, release }: Pick<Reading, "state" | "value" | "release">,
): void {
  sum[state] += 1;
  sum.release = release ?? sum.release;
  if (value === undefined) return;
  sum.valued += 1;
  sum.total += value;
  sum.least = Math.min(sum.least, value);
  sum.most = Math.max(sum.most, value);
}

export function mergeSum(into: OpenSum, from: OpenSum): void {
  into.up += from.up;
  into.down += from.down;
  into.unknown += from.unknown;
  into.valued += from.valued;
  into.total += from.total;
  into.least = Math.min(into.least, from.least);
  into.most = Math.max(into.most, from.most);
  into.release = from.release ?? into.release;
}

const ADD = `insert into sum (monitor, at, up, down, unknown, valued, total, least, most, release)
  values (?,?,?,?,?,?,?,?,?,?)
  on conflict (monitor, at) do update set
    up = up + excluded.up, down = down + excluded.down, unknown = unknown + excluded.unknown,
    valued = valued + excluded.valued, total = coalesce(total, 0) + coalesce(excluded.total, 0),
    least = min(coalesce(least, excluded.least), coalesce(excluded.least, least)),
    most = max(coalesce(most, excluded.most), coalesce(excluded.most, most)),
    release = coalesce(excluded.release, release)`;

export function addSum(partition: Partition, number: number, sum: OpenSum): void {
  const { at, up, down, unknown, valued, total, least, most, release } = rowOf(sum);
  partition.statement(ADD).run(number, at, up, down, unknown, valued, total, least, most, release);
}

export function rowOf(sum: OpenSum): SumRow {
  const isValued = sum.valued > 0;
  return {
    ...sum,
    total: isValued ? Number(sum.total.toPrecision(12)) : null,
    least: isValued ? sum.least : null,
    most: isValued ? sum.most : null,
    release: sum.release ?? null,
  };
}

export function openSum(row: SumRow): OpenSum {
  const { total, least, most, release } = row;
  return {
    ...row,
    total: total ?? 0,
    least: least ?? Number.POSITIVE_INFINITY,
    most: most ?? Number.NEGATIVE_INFINITY,
    release: release ?? undefined,
  };
}

export interface SumRow {
  at: number;
  up: number;
  down: number;
  unknown: number;
  valued: number;
  total: number | null;
  least: number | null;
  most: number | null;
  release: string | null;
}

export function selectSums(
  partition: Partition,
  { number, from, until }: { number: number; from: number; until: number },
): SumRow[] {
  return partition
    .statement("select * from sum where monitor = ? and at >= ? and at < ? order by at")
    .all(number, from, until) as unknown as SumRow[];
}

export function toSum(row: SumRow): Sum {
  const { at, up, down, unknown, valued, total, least, most, release } = row;
  return {
    at,
    up,
    down,
    unknown,
    total: total ?? undefined,
    mean: valued > 0 && total !== null ? total / valued : undefined,
    least: least ?? undefined,
    most: most ?? undefined,
    release: release ?? undefined,
  };
}
