import { Cron } from "croner";
import type { HeartbeatTiming } from "../../model/watch-policy.ts";

const known = new Map<string, Cron>();

/**
 * When the next sign of life is due after this time; undefined: never again. A pattern is read on its own clock: in
 * spring a time that does not exist is the first moment after the gap, in autumn one that comes twice is the first.
 */
export function dueAfter(timing: HeartbeatTiming, at: number): number | undefined {
  if ("everyMs" in timing) return at + timing.everyMs;
  const key = `${timing.timeZone} ${timing.cron}`;
  const pattern = known.get(key) ?? new Cron(timing.cron, { paused: true, timezone: timing.timeZone });
  known.set(key, pattern);
  return pattern.nextRun(new Date(at))?.getTime();
}
