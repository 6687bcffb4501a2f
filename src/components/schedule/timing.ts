import { Cron } from "croner";
import { msOf } from "../../model/duration.ts";
import { DEFAULT_TIME_ZONE, type ScheduleOptions } from "./options.ts";

/** First time after `from` at which a run is due; undefined when there is none. Milliseconds since 1970 UTC. */
export function dueAfter(options: ScheduleOptions, from: number): number | undefined {
  if (options.every !== undefined) return from + msOf(options.every);
  if (options.cron === undefined) return undefined;
  const pattern = new Cron(options.cron, {
    paused: true,
    timezone: options.timeZone ?? DEFAULT_TIME_ZONE,
  });
  return pattern.nextRun(new Date(from))?.getTime();
}

/** From one start to the next, the shortest of the next few. */
export function shortestInterval(options: ScheduleOptions, from: number): number | undefined {
  if (options.every !== undefined) return msOf(options.every);
  let shortest: number | undefined;
  let last = dueAfter(options, from);
  for (let run = 0; run < 50 && last !== undefined; run++) {
    const next = dueAfter(options, last);
    if (next !== undefined) shortest = Math.min(shortest ?? Number.POSITIVE_INFINITY, next - last);
    last = next;
  }
  return shortest;
}

/** "every 60s", or "30 3 * * * (Europe/Berlin)" */
export function describeTiming(options: ScheduleOptions): string {
  if (options.every !== undefined) return `every ${options.every}`;
  return `${options.cron} (${options.timeZone ?? DEFAULT_TIME_ZONE})`;
}

/** A time for people: "2026-03-29 02:30 UTC". */
export function formatTime(at: number): string {
  const text = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: "UTC" });
  return `${text.format(at)} UTC`;
}
