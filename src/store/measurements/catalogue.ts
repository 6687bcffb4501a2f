import type { Reading } from "../../model/monitor.ts";
import { inTransaction, openPartition, type Partition } from "./partitions.ts";
import { STATES, toReading } from "./reading-table.ts";

/** The number each monitor goes by in the files, and its newest reading. */
export interface Catalogue {
  /** Gives numbers to those that have none. */
  declare(ids: readonly string[]): Promise<void>;
  numberOf(id: string): number | undefined;
  ids(): readonly (readonly [id: string, number: number])[];
  keepLatest(readings: readonly Reading[]): Promise<void>;
  latest(): Reading[];
  /** Up to when readings are in the sums; 0 when nothing ever was. */
  summedUntil(): number;
  setSummedUntil(at: number): Promise<void>;
  close(): void;
}

const TABLES = [
  `create table if not exists monitor (
    number integer primary key,
    id text not null unique,
    at integer,
    state integer,
    took_ms integer,
    value real,
    release text,
    detail text
  )`,
  "create table if not exists progress (id integer primary key check (id = 1), summed_until integer not null)",
];

export async function openCatalogue(file: string): Promise<Catalogue> {
  const partition: Partition = await openPartition(file, TABLES);
  const numbers = new Map<string, number>();
  const load = (): void => {
    const rows = partition.statement("select number, id from monitor").all() as {
      number: number;
      id: string;
    }[];
    for (const { number, id } of rows) numbers.set(id, number);
  };
  load();
  return {
    async declare(ids) {
      const missing = ids.filter((id) => !numbers.has(id));
      if (missing.length === 0) return;
      await inTransaction(partition, () => {
        for (const id of missing)
          partition.statement("insert or ignore into monitor (id) values (?)").run(id);
      });
      load();
    },
    numberOf: (id) => numbers.get(id),
    ids: () => [...numbers],
    keepLatest: (readings) =>
      inTransaction(partition, () => {
        const statement = partition.statement(
          "update monitor set at = ?, state = ?, took_ms = ?, value = ?, release = ?, detail = ? where number = ?",
        );
        for (const { monitor, at, state, tookMs, value, release, detail } of readings) {
          statement.run(
            Math.round(at),
            STATES.indexOf(state),
            Math.round(tookMs),
            value ?? null,
            release ?? null,
            detail,
            numbers.get(monitor) ?? 0,
          );
        }
      }),
    latest() {
      const rows = partition.statement("select * from monitor where at is not null").all();
      return (rows as unknown as (Parameters<typeof toReading>[0] & { id: string })[]).map((row) =>
        toReading(row, row.id),
      );
    },
    summedUntil() {
      const row = partition.statement("select summed_until from progress").get() as
        | { summed_until: number }
        | undefined;
      return row?.summed_until ?? 0;
    },
    setSummedUntil: (at) =>
      inTransaction(partition, () => {
        partition
          .statement(
            "insert into progress values (1, ?) on conflict (id) do update set summed_until = excluded.summed_until",
          )
          .run(at);
      }),
    close: () => partition.database.close(),
  };
}
