import type { Doors } from "../model/doors.ts";
import type { Secret } from "../model/secret.ts";

const SCHEMA = "gonogo_drill";
const MARKER = `${SCHEMA}.marker`;
/** Further apart than the server's clock ticks. */
const APART_S = 0.02;

/** Rows of a schema of their own, in a database as its superuser. */
export interface MarkerRequest {
  readonly url: Secret;
  readonly doors: Pick<Doors, "sql">;
  readonly signal: AbortSignal;
}

/** What a recovery to the moment must bring back, and nothing else. */
export const EXPECTED = ["there before, deleted after"];

/** Writes a row, lets a moment pass, deletes it and writes another. The moment, in milliseconds since 1970 UTC. */
export async function haveAnAccident({ url, doors, signal }: MarkerRequest): Promise<number> {
  await using session = await doors.sql.open(url, { readOnly: false, signal });
  await session.query(`drop schema if exists ${SCHEMA} cascade`);
  await session.query(`create schema ${SCHEMA}; create table ${MARKER} (what text primary key)`);
  await session.query(`insert into ${MARKER} values ('${EXPECTED.join("'), ('")}')`);
  const [between] = await session.query<{ at: number }>(
    "select ceil(extract(epoch from clock_timestamp()) * 1000)::float8 as at",
  );
  await session.query(`select pg_sleep(${APART_S})`);
  await session.query(`delete from ${MARKER}; insert into ${MARKER} values ('written after')`);
  return between?.at ?? 0;
}

/** Undefined where there are no such rows, and nothing they would lie in. */
export async function readMarkers({ url, doors, signal }: MarkerRequest): Promise<string[] | undefined> {
  await using session = await doors.sql.open(url, { signal });
  const [known] = await session.query<{ isThere: boolean }>(
    `select to_regclass('${MARKER}') is not null as "isThere"`,
  );
  if (!known?.isThere) return undefined;
  const rows = await session.query<{ what: string }>(`select what from ${MARKER} order by what`);
  return rows.map(({ what }) => what);
}

export async function removeMarkers({ url, doors, signal }: MarkerRequest): Promise<void> {
  await using session = await doors.sql.open(url, { readOnly: false, signal });
  await session.query(`drop schema if exists ${SCHEMA} cascade`);
}
