import type { Reading } from "../../model/monitor.ts";
import type { Ask } from "./session.ts";

/** Whoever begins to watch does not judge what is older: it would tell of what is long over. */
const KEPT_MS = 60_000;

/** Puts what a worker has seen where the one who watches fetches it; a batch is one row. */
export async function handOver(
  ask: Ask,
  given: { readonly environment: string; readonly at: number; readonly readings: readonly Reading[] },
): Promise<void> {
  const { environment, at, readings } = given;
  await ask("insert into handed (environment, at, readings_json) values ($1, $2, $3)", [
    environment,
    at,
    JSON.stringify(readings).replaceAll("\\u0000", "\ufffd"),
  ]);
  // While nobody watches, nobody fetches.
  await ask("delete from handed where environment = $1 and at < $2", [environment, at - KEPT_MS]);
}

/** What workers have handed over since the last time, oldest first; each reading is given once. */
export async function takeHanded(ask: Ask, environment: string): Promise<Reading[]> {
  const rows = await ask<{ number: number; readings_json: string }>(
    `delete from handed where number in (
       select number from handed where environment = $1 order by number limit 200 for update skip locked
     ) returning number, readings_json`,
    [environment],
  );
  return rows
    .toSorted((a, b) => a.number - b.number)
    .flatMap(({ readings_json }) => JSON.parse(readings_json) as Reading[]);
}
