import type { AlertThreshold } from "../../model/alert-policy.ts";
import { formatDuration } from "../../model/duration.ts";
import type { Monitor } from "../../model/monitor.ts";
import { type Burn, type BurnWindows, burnOf, LEAST_BAD } from "./burn.ts";
import type { Ledger } from "./ledger.ts";
import { type Objective, percent, round } from "./objectives.ts";

const MINUTE_MS = 60_000;

/**
 * A threshold as an objective: of the requests of its time so many may be bad, and a percentile is above its limit once
 * more than the rest of the requests are slower.
 */
export function thresholdObjective(threshold: AlertThreshold): Objective {
  const { of, overMs } = threshold;
  const time = `over ${formatDuration(overMs)}`;
  const window = overMs % MINUTE_MS === 0 ? `${overMs / MINUTE_MS}min` : `${overMs}ms`;
  if (of === "errors") {
    const { above } = threshold;
    return {
      id: `errors.${exactPercent(above)}percent.${window}`,
      title: `At most ${percent(above)} of requests fail, ${time}`,
      counts: { of: "failed" },
      mayBeBad: above,
      windowMs: overMs,
    };
  }
  const { aboveMs: thanMs } = threshold;
  const share = Number(of.slice(1)) / 100;
  return {
    id: `${of}.${thanMs}ms.${window}`,
    title: `${percent(share)} of requests are answered within ${formatDuration(thanMs)}, ${time}`,
    counts: { of: "slower", thanMs },
    mayBeBad: round(1 - share),
    windowMs: overMs,
  };
}

/** With all the digits a share is read with: two that differ are two monitors. */
function exactPercent(share: number): number {
  return Number((share * 100).toPrecision(12));
}

/** Above it over its time, and still above it now: an alert ends soon after the trouble does. */
function windowsOf({ windowMs }: Objective): readonly BurnWindows[] {
  return [{ factor: 1, longMs: windowMs, shortMs: Math.min(windowMs, MINUTE_MS), leastAsked: LEAST_BAD }];
}

export function thresholdReading(objective: Objective, ledger: Ledger, now: number): Burn {
  const burn = burnOf(objective, { ledger, now, windows: windowsOf(objective) });
  const { total, bad } = ledger.within(objective.windowMs, now);
  if (total === 0) return burn;
  const share = percent(Number((bad / total).toPrecision(3)));
  const what =
    objective.counts.of === "slower" ? `slower than ${formatDuration(objective.counts.thanMs)}` : "failed";
  const detail = `${bad} of ${total} requests ${what} in ${formatDuration(objective.windowMs)}: ${share}, at most ${percent(objective.mayBeBad)}`;
  return { ...burn, detail };
}

export function thresholdMonitor({ id, title }: Objective, dependsOn: readonly string[]): Monitor {
  return {
    id: `threshold/${id}`,
    component: "threshold",
    check: undefined,
    title,
    consequence: "What the team wants to be told of at once goes on.",
    fix: "see which requests are bad: the monitors that are down, then gonogo logs",
    severity: "P1",
    every: "20s",
    dependsOn,
    confirm: { failures: 1, successes: 1 },
  };
}
