import type { Reading } from "../../model/monitor.ts";
import { STATES, toReading } from "../measurements/reading-table.ts";
import type { Ask } from "./session.ts";

/** One array a column: thousands of rows are one statement with as many parameters as there are columns. */
function columnsOf(
  readings: readonly Reading[],
  numberOf: (monitor: string) => number,
  detailOf: (reading: Reading) => string | null,
): unknown[] {
  return [
    readings.map(({ monitor }) => numberOf(monitor)),
    readings.map(({ at }) => Math.round(at)),
    readings.map(({ state }) => STATES.indexOf(state)),
    readings.map(({ tookMs }) => Math.round(tookMs)),
    readings.map(({ value }) => value ?? null),
    readings.map(({ release }) => release ?? null),
    readings.map((reading) => detailOf(reading)?.replaceAll("\0", "\ufffd") ?? null),
  ];
}

const ARRAYS =
  "unnest($1::integer[], $2::bigint[], $3::smallint[], $4::integer[], $5::double precision[], $6::text[], $7::text[])";

export async function insertReadings(
  ask: Ask,
  readings: readonly Reading[],
  numberOf: (monitor: string) => number,
): Promise<void> {
  // Of thousands that are well nobody reads the words; of one that is not, everybody.
  const columns = columnsOf(readings, numberOf, ({ state, detail }) => (state === "up" ? null : detail));
  await ask(`insert into reading select * from ${ARRAYS}`, columns);
  const oldest = readings.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const minute = Math.floor(oldest / 60_000) * 60_000;
  await ask("update progress set summed_until = $1 where id = 1 and summed_until > $1", [minute]);
}

/** One reading a monitor at most. In one order, or two workers that keep the same ones would wait for each other. */
export async function keepLatest(
  ask: Ask,
  readings: readonly Reading[],
  numberOf: (monitor: string) => number,
): Promise<void> {
  if (readings.length === 0) return;
  const sorted = readings.toSorted((a, b) => numberOf(a.monitor) - numberOf(b.monitor));
  await ask(
    `with given as (select * from ${ARRAYS} as given (number, at, state, took_ms, value, release, detail)),
      locked as (select number from monitor where number in (select number from given) order by number for update)
     update monitor set at = given.at, state = given.state, took_ms = given.took_ms, value = given.value,
       release = given.release, detail = given.detail
     from given join locked using (number)
     where monitor.number = given.number and (monitor.at is null or monitor.at <= given.at)`,
    columnsOf(sorted, numberOf, ({ detail }) => detail),
  );
}

type ReadingRow = Parameters<typeof toReading>[0];

export async function selectLatest(ask: Ask, environment: string): Promise<Reading[]> {
  const rows = await ask<ReadingRow & { id: string }>(
    "select * from monitor where environment = $1 and at is not null",
    [environment],
  );
  return rows.map((row) => toReading(row, row.id));
}

export async function selectReadings(
  ask: Ask,
  given: { readonly number: number; readonly monitor: string; readonly from: number; readonly until: number },
): Promise<Reading[]> {
  const { number, monitor, from, until } = given;
  const rows = await ask<ReadingRow>(
    "select * from reading where monitor = $1 and at >= $2 and at < $3 order by at",
    [number, from, until],
  );
  return rows.map((row) => toReading(row, monitor));
}

/** When each of these monitors was asked last, as far as it was ever written down. */
export async function selectLastAsked(
  ask: Ask,
  given: { readonly environment: string; readonly monitors: readonly string[] },
): Promise<Map<string, number>> {
  const rows = await ask<{ id: string; at: number }>(
    `select id, greatest(monitor.at, newest.at) as at from monitor left join lateral (
       select at from reading where reading.monitor = number order by at desc limit 1
     ) as newest on true
     where environment = $1 and id = any ($2::text[]) and (monitor.at is not null or newest.at is not null)`,
    [given.environment, given.monitors],
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}
