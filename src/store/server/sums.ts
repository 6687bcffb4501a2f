import { type Resolution, STEP_MS } from "../measurements/measurement-store.ts";
import type { SumRow } from "../measurements/sum-table.ts";
import type { Ask, ServerSession } from "./session.ts";

/** Readings are kept in batches of a second: nearly all of a minute are there when it has been over for this long. */
const SETTLED_MS = 90_000;

const OF_READINGS = `count(*) filter (where state = 0)::integer as up,
  count(*) filter (where state = 1)::integer as down,
  count(*) filter (where state = 2)::integer as unknown,
  count(value)::integer as valued,
  sum(value) as total, min(value) as least, max(value) as most,
  (array_agg(release order by at desc) filter (where release is not null))[1] as release`;

const OF_SUMS = `sum(up)::integer as up, sum(down)::integer as down, sum(unknown)::integer as unknown,
  sum(valued)::integer as valued, sum(total) as total, min(least) as least, max(most) as most,
  (array_agg(release order by at desc) filter (where release is not null))[1] as release`;

const COLUMNS = "at, up, down, unknown, valued, total, least, most, release";

function startOf(step: Resolution): string {
  return `at / ${STEP_MS[step]} * ${STEP_MS[step]}`;
}

/**
 * Sums what is over: minutes from readings, hours from minutes, days from hours, each written whole in the place of
 * what was there. So it can be done by anybody, again, and after any crash. Resolves with up to when it is done.
 */
export async function sumUp(
  session: ServerSession,
  { now, ready }: { now: number; ready: (step: Resolution, times: readonly number[]) => Promise<void> },
): Promise<number> {
  const until = floorTo(now - SETTLED_MS, "minute");
  const begun = await summedUntil(session.rows, until);
  if (begun >= until) return begun;
  const [span] = await session.rows<{ first: number | null; last: number | null }>(
    "select min(at) as first, max(at) as last from reading where at >= $1 and at < $2",
    [begun, until],
  );
  // Parts first: they are made in transactions of their own. What was over before belongs to an hour that may end now.
  const found = typeof span?.first === "number" ? [span.first, span.last ?? span.first] : [];
  if (found.length > 0) await ready("minute", startsBetween(found, "minute"));
  for (const step of ["hour", "day"] as const) await ready(step, startsBetween([begun, ...found], step));
  return await session.transaction(async (ask) => {
    // Held to the end: a late batch sets it back only afterwards, and is summed the next time.
    const [row] = await ask<{ summed_until: number }>(
      "select summed_until from progress where id = 1 for update",
    );
    const from = row?.summed_until ?? until;
    if (from >= until || from < begun) return from;
    await write(
      ask,
      "minute",
      `select monitor, ${startOf("minute")} as at, ${OF_READINGS} from reading
      where at >= ${from} and at < ${until} group by 1, 2`,
    );
    await write(ask, "hour", sumsFrom("minute", "hour", from, until));
    await write(ask, "day", sumsFrom("hour", "day", from, until));
    await ask("update progress set summed_until = $1 where id = 1", [until]);
    return until;
  });
}

/** Only what is over whole: the rest is added up when somebody asks. */
function sumsFrom(finer: Resolution, step: Resolution, from: number, until: number): string {
  return `select monitor, ${startOf(step)} as at, ${OF_SUMS} from sum_${finer}
    where at >= ${floorTo(from, step)} and at < ${floorTo(until, step)} group by 1, 2`;
}

async function write(ask: Ask, step: Resolution, select: string): Promise<void> {
  await ask(`insert into sum_${step} (monitor, ${COLUMNS}) select monitor, ${COLUMNS} from (${select}) as summed
    on conflict (monitor, at) do update set up = excluded.up, down = excluded.down, unknown = excluded.unknown,
      valued = excluded.valued, total = excluded.total, least = excluded.least, most = excluded.most,
      release = excluded.release`);
}

/** Begins at `otherwise` when nothing was ever summed. */
export async function summedUntil(ask: Ask, otherwise: number): Promise<number> {
  await ask("insert into progress values (1, $1) on conflict (id) do nothing", [otherwise]);
  const [row] = await ask<{ summed_until: number }>("select summed_until from progress where id = 1");
  return row?.summed_until ?? otherwise;
}

/** Sums of one monitor: those that are written, and what came since then added up. */
export async function selectSums(
  ask: Ask,
  given: {
    readonly number: number;
    readonly from: number;
    readonly until: number;
    readonly step: Resolution;
  },
): Promise<SumRow[]> {
  const { number, from, until, step } = given;
  const [row] = await ask<{ summed_until: number }>("select summed_until from progress where id = 1");
  const summed = row?.summed_until ?? 0;
  return await ask<SumRow>(
    `select ${COLUMNS} from (${sumsOf(step, summed)}) as asked where at >= $2 and at < $3 order by at`,
    [number, from, until],
  );
}

/** `$1` the monitor, `$2` from. */
function sumsOf(step: Resolution, summed: number): string {
  const written = floorTo(summed, step);
  const kept = `select ${COLUMNS} from sum_${step} where monitor = $1 and at >= $2 and at < ${written}`;
  const finer = step === "day" ? "hour" : "minute";
  const rest =
    step === "minute"
      ? `select ${startOf("minute")} as at, ${OF_READINGS} from reading where monitor = $1 and at >= ${written} group by 1`
      : `select start as at, ${OF_SUMS} from (
           select *, ${startOf(step)} as start from (${sumsOf(finer, summed)}) as finer where at >= ${written}
         ) as since group by start`;
  return `${kept} union all ${rest}`;
}

function floorTo(time: number, step: Resolution): number {
  return time - (time % STEP_MS[step]);
}

function startsBetween(times: readonly number[], step: Resolution): number[] {
  const starts: number[] = [];
  for (let at = floorTo(Math.min(...times), step); at <= Math.max(...times); at += STEP_MS[step])
    starts.push(at);
  return starts;
}
