import { Cron } from "croner";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A job that runs at least this often loses or repeats nothing that matters. */
const OFTEN_PER_DAY = 12;

/** An hour that the clocks of a time zone skip or repeat. Wall-clock times as if they were UTC. */
export interface ClockChange {
  readonly kind: "skipped" | "repeated";
  /** Milliseconds since 1970 UTC of the change itself. */
  readonly at: number;
  readonly wallFrom: number;
  readonly wallTo: number;
}

/** Changes of a zone's clocks in the year after `from`. */
export function clockChanges(timeZone: string, from: number): ClockChange[] {
  const changes: ClockChange[] = [];
  for (let day = from; day < from + 366 * DAY_MS; day += DAY_MS) {
    const before = offsetAt(timeZone, day);
    const after = offsetAt(timeZone, day + DAY_MS);
    if (before === after) continue;
    const at = firstWith(timeZone, after, { from: day, to: day + DAY_MS });
    const [wallFrom, wallTo] = [at + Math.min(before, after), at + Math.max(before, after)];
    changes.push({ kind: after > before ? "skipped" : "repeated", at, wallFrom, wallTo });
  }
  return changes;
}

/** The changes in whose hour a cron line wants to run; none for a line that runs every hour or two anyway. */
export function caughtBy(cron: string, changes: readonly ClockChange[]): ClockChange[] {
  // The pattern read in UTC enumerates wall-clock times, those that do not exist included.
  const wall = new Cron(cron, { paused: true, timezone: "UTC" });
  return changes.filter(({ wallFrom, wallTo }) => {
    const next = wall.nextRun(new Date(wallFrom - 1_000))?.getTime();
    if (next === undefined || next >= wallTo) return false;
    const dayOf = wallFrom - (wallFrom % DAY_MS);
    const runs = wall.nextRuns(OFTEN_PER_DAY, new Date(dayOf - 1_000));
    return runs.filter((run) => run.getTime() < dayOf + DAY_MS).length < OFTEN_PER_DAY;
  });
}

/** Milliseconds that a zone's clocks are ahead of UTC. */
function offsetAt(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - (at - (at % 1_000));
}

function firstWith(timeZone: string, offset: number, { from, to }: { from: number; to: number }): number {
  let [low, high] = [from, to];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle) === offset) high = middle;
    else low = middle;
  }
  return Math.round(high / 60_000) * 60_000;
}
