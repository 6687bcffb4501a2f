import { defineComponent } from "../../model/component.ts";
import { msOf } from "../../model/duration.ts";
import type { Process } from "../../model/process.ts";
import { bytesOf } from "../../model/size.ts";
import { cronDst } from "./clock-change-checks.ts";
import { DEFAULT_TIME_ZONE, type ScheduleOptions, scheduleOptions } from "./options.ts";
import { cronOverlap, cronRan, cronRegistered } from "./run-checks.ts";

/** A program of the app that runs at given times and ends. */
export const schedule = defineComponent({
  kind: "schedule",
  summary:
    "A program that runs at given times: registered, on time, ended well, outside the change of clocks.",
  options: scheduleOptions,
  variables: () => [],
  checks: [cronRegistered, cronRan, cronOverlap, cronDst],
  processes: (options, name) => [processOf(options, name)],
});

function processOf(options: ScheduleOptions, name: string): Process {
  const { every, cron, timeZone = DEFAULT_TIME_ZONE, timeout } = options;
  return {
    name,
    kind: "schedule",
    start: options.run,
    instances: 1,
    schedule: {
      ...(every !== undefined && { everyMs: msOf(every) }),
      ...(cron !== undefined && { cron, timeZone }),
      timeoutMs: msOf(timeout),
      graceMs: msOf(options.grace),
    },
    routes: [],
    stopGraceMs: msOf(options.stopGrace),
    memoryLimitBytes: options.memory === undefined ? undefined : bytesOf(options.memory),
    logLimitBytes: bytesOf(options.logs),
  };
}
