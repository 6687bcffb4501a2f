import { Cron } from "croner";
import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";
import { parseSize } from "../../model/size.ts";

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "60s" or "1d"');
const size = z.string().refine((text) => parseSize(text) !== undefined, 'expected a size such as "512MB"');
const cron = z
  .string()
  .refine(isCron, 'expected five fields of cron, such as "30 3 * * *" (half past three each night)');
const timeZone = z.string().refine(isTimeZone, 'expected a time zone such as "Europe/Berlin"');

export const scheduleOptions = z
  .strictObject({
    run: z.string().trim().min(1).describe("Shell line of one run; it ends with exit code 0."),
    every: duration.optional().describe('From start to start: "60s", "1d". Either this or cron.'),
    cron: cron.optional().describe('When it runs: "30 3 * * *". Either this or every.'),
    timeZone: timeZone.optional().describe("In which cron is read. Default: UTC."),
    timeout: duration.default("10m").describe("A run that takes longer is ended."),
    grace: duration.default("1m").describe("How much later than planned a run may begin."),
    memory: size.optional().describe("A run that takes more is ended."),
    logs: size.default("16MB").describe("Log kept of its runs."),
    stopGrace: duration.default("30s").describe("From SIGTERM to SIGKILL."),
  })
  .superRefine(({ every, cron: pattern, timeZone: zone }, context) => {
    if ((every === undefined) === (pattern === undefined)) {
      context.addIssue({ code: "custom", path: ["every"], message: "expected either every or cron" });
    }
    if (zone !== undefined && pattern === undefined) {
      context.addIssue({
        code: "custom",
        path: ["timeZone"],
        message: "a time zone belongs to cron; an interval has none",
      });
    }
    if (every !== undefined && parseDuration(every) === 0) {
      context.addIssue({ code: "custom", path: ["every"], message: "expected more than no time" });
    }
  });

export type ScheduleOptions = z.output<typeof scheduleOptions>;

export const DEFAULT_TIME_ZONE = "UTC";

function isCron(text: string): boolean {
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).format(0) !== "";
  } catch {
    return false;
  }
}
