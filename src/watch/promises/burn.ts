import { formatDuration } from "../../model/duration.ts";
import type { Counts, Ledger } from "./ledger.ts";
import type { Objective } from "./objectives.ts";

/** Two windows that both have to burn faster than `factor` before anybody is told. */
export interface BurnWindows {
  readonly factor: number;
  readonly longMs: number;
  /** Ends the alarm soon after the trouble ended. */
  readonly shortMs: number;
  /** Fewer in the short window say nothing about a rate. */
  readonly leastAsked: number;
  /** So lately it has to go on, at half the factor at least. */
  readonly lastMs?: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** One lost answer at night is no outage. */
const LEAST_ASKED = 10;
export const LEAST_BAD = 3;

/** Google, The Site Reliability Workbook, chapter 5, table 5-8: for budgets of 30 days. */
export const FAST: readonly BurnWindows[] = [
  { factor: 14.4, longMs: HOUR_MS, shortMs: 5 * MINUTE_MS, leastAsked: LEAST_ASKED },
  { factor: 6, longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS, leastAsked: LEAST_ASKED },
];
/** An outage of five minutes fills six hours, too: what is over is told by the budget that is left, not by an alert. */
const LAST_MS = 30 * MINUTE_MS;
export const SLOW: readonly BurnWindows[] = [
  { factor: 3, longMs: DAY_MS, shortMs: 2 * HOUR_MS, leastAsked: LEAST_ASKED, lastMs: LAST_MS },
  { factor: 1, longMs: 3 * DAY_MS, shortMs: 6 * HOUR_MS, leastAsked: LEAST_ASKED, lastMs: LAST_MS },
];

/**
 * A promise that lets one in twenty be slow has a budget so large that everything could be slow for 43 minutes
 * before the windows above spoke. So a quarter of the requests of five minutes speaks, too, while it goes on.
 */
export function suddenWindows({ mayBeBad }: Objective): BurnWindows {
  const share = Math.min(1, Math.max(0.25, 1.5 * mayBeBad));
  return { factor: share / mayBeBad, longMs: 5 * MINUTE_MS, shortMs: MINUTE_MS, leastAsked: LEAST_BAD };
}

export interface Burn {
  readonly state: "up" | "down" | "unknown";
  readonly detail: string;
  /** The greatest rate of the long windows; 1 spends the budget exactly in its time. */
  readonly rate: number;
}

/** Pure: whether a promise's budget is being spent too fast in any of these pairs of windows. */
export function burnOf(
  objective: Objective,
  { ledger, now, windows }: { ledger: Ledger; now: number; windows: readonly BurnWindows[] },
): Burn {
  const pairs = windows
    .filter(({ longMs }) => longMs <= objective.windowMs)
    .map((pair) => {
      const long = ledger.within(pair.longMs, now);
      const short = ledger.within(pair.shortMs, now);
      // Time before the first count is taken as well kept. Else ten bad minutes of a watch that is an hour old would
      // be the rate of three days, and stay it until three days are over.
      const rate = rateOf(long, objective) * ledger.known(pair.longMs, now);
      const shortRate = rateOf(short, objective) * ledger.known(pair.shortMs, now);
      return { ...pair, long, short, rate, shortRate };
    });
  const rate = Math.max(0, ...pairs.map((pair) => pair.rate));
  const burning = pairs.find(
    ({ factor, long, short, rate: longRate, shortRate, leastAsked, lastMs }) =>
      longRate > factor &&
      shortRate > factor &&
      long.total >= LEAST_ASKED &&
      short.total >= leastAsked &&
      long.bad >= LEAST_BAD &&
      (lastMs === undefined || rateOf(ledger.within(lastMs, now), objective) > factor / 2),
  );
  if (burning) {
    const { longMs, shortMs, long, shortRate } = burning;
    const detail =
      `${long.bad} of ${long.total} bad in ${formatDuration(longMs)}: ` +
      `the budget goes ${times(burning.rate)} too fast, ${times(shortRate)} in the last ${formatDuration(shortMs)}`;
    return { state: "down", detail, rate };
  }
  if (pairs.every(({ long }) => long.total === 0)) {
    if (objective.counts.of === "probes") return { state: "unknown", detail: "nothing was asked yet", rate };
    return { state: "up", detail: "no requests", rate };
  }
  return { state: "up", detail: leftOf(objective, ledger, now).told, rate };
}

/** What is left of the budget, 0..1; below 0 when more was spent than there was. */
export function leftOf(
  objective: Objective,
  ledger: Ledger,
  now: number,
): Counts & { left: number; told: string } {
  const counts = ledger.within(objective.windowMs, now);
  const left = counts.total === 0 ? 1 : 1 - rateOf(counts, objective);
  return { ...counts, left, told: toldOf(left, `the budget of ${formatDuration(objective.windowMs)}`) };
}

/** "-2623 % is left" tells nobody anything. */
function toldOf(left: number, budget: string): string {
  if (left >= 0) return `${Math.round(left * 100)} % of ${budget} is left`;
  const spent = 1 - left;
  return spent < 2
    ? `${Math.round(spent * 100)} % of ${budget} is spent`
    : `${times(spent)} ${budget} is spent`;
}

function rateOf({ total, bad }: Counts, { mayBeBad }: Objective): number {
  if (total === 0 || bad === 0) return 0;
  return bad / total / Math.max(mayBeBad, 1e-9);
}

function times(rate: number): string {
  return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} times`;
}
