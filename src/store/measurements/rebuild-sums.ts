import { KEPT_MS } from "./kept.ts";
import { type Resolution, STEP_MS } from "./measurement-store.ts";
import { inTransaction, type Partition, type Partitions } from "./partitions.ts";
import type { SumRow } from "./sum-table.ts";

type Row = SumRow & { readonly monitor: number };

const OF_READINGS = `select monitor, at - at % ${STEP_MS.minute} as at,
    sum(state = 0) as up, sum(state = 1) as down, sum(state = 2) as unknown, count(value) as valued,
    sum(value) as total, min(value) as least, max(value) as most, {release}
  from reading where at >= ? group by 1, 2`;

/** One monitor after the other, as they lie in the file: of a day of thousands it reads the hours that are asked. */
const OF_SUMS = `select monitor, at - at % {step} as at,
    sum(up) as up, sum(down) as down, sum(unknown) as unknown, sum(valued) as valued,
    sum(total) as total, min(least) as least, max(most) as most, {release}
  from sum where monitor = ? and at >= ? group by 2`;

/** The last that is known: times have as many digits for the next two centuries. */
const LAST_RELEASE = "substr(max(printf('%015d', at) || release), 16) as release";

/** Where more is known than was summed, never less: minutes may be gone that are in an hour. */
const PUT = `insert into sum (monitor, at, up, down, unknown, valued, total, least, most, release)
  values (?,?,?,?,?,?,?,?,?,?)
  on conflict (monitor, at) do update set
    up = excluded.up, down = excluded.down, unknown = excluded.unknown, valued = excluded.valued,
    total = excluded.total, least = excluded.least, most = excluded.most,
    release = coalesce(excluded.release, release)
  where excluded.up + excluded.down + excluded.unknown > up + down + unknown`;

/**
 * Makes good what an earlier process could not write before it ended: minutes from readings, hours from minutes, days
 * from hours, each whole in the place of what was there. So it can be done again after any crash.
 */
export async function rebuildSums(given: {
  readonly readings: Partitions;
  readonly sums: Readonly<Record<Resolution, Partitions>>;
  /** What is older is in all sums. */
  readonly since: number;
  readonly now: number;
}): Promise<void> {
  const { readings, sums, since, now } = given;
  const monitors = new Set<number>();
  const from = startOf("minute", Math.max(since, now - KEPT_MS.reading));
  for (const partition of await readings.within(from, now + 1)) {
    const rows = selectRows(partition, OF_READINGS, [from]);
    for (const { monitor } of rows) monitors.add(monitor);
    await put(sums.minute, rows);
  }
  for (const [finer, step] of [
    ["minute", "hour"],
    ["hour", "day"],
  ] as const) {
    const first = startOf(step, Math.max(since, now - KEPT_MS[finer]));
    const ofSums = OF_SUMS.replace("{step}", String(STEP_MS[step]));
    // Each hour lies whole in one file of minutes, each day in one of hours.
    for (const partition of await sums[finer].within(first, now + 1)) {
      await put(
        sums[step],
        [...monitors].flatMap((monitor) => selectRows(partition, ofSums, [monitor, first])),
      );
    }
  }
}

function startOf(step: Resolution, time: number): number {
  return time - (time % STEP_MS[step]);
}

function selectRows(partition: Partition, text: string, given: readonly number[]): Row[] {
  const statement = partition.statement(text.replace("{release}", LAST_RELEASE));
  return statement.all(...given) as unknown as Row[];
}

/** Rows of one file of what is finer: they belong into one file, too. */
async function put(table: Partitions, rows: readonly Row[]): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const partition = await table.at(first.at);
  await inTransaction(partition, () => {
    for (const { monitor, at, up, down, unknown, valued, total, least, most, release } of rows) {
      partition.statement(PUT).run(monitor, at, up, down, unknown, valued, total, least, most, release);
    }
  });
}
