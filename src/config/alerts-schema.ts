import { z } from "zod";
import { parseDuration } from "../model/duration.ts";
import { parsePercentage } from "./percentage.ts";

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const duration = z
  .string({ error: 'expected a duration such as "5m"' })
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "5m"')
  .transform((text) => parseDuration(text) ?? 0);

const percentage = z
  .string({ error: 'expected a percentage such as "5%"' })
  .refine((text) => parsePercentage(text) !== undefined, 'expected a percentage from 0% to 100% such as "5%"')
  .transform((text) => parsePercentage(text) ?? 0);

const channels = z.record(
  z.string().regex(NAME, 'expected lower-case words joined by hyphens, such as "on-call"'),
  z.object(
    { kind: z.string(), options: z.unknown().optional() },
    { error: "expected the result of a call such as slack()" },
  ),
  { error: "expected an object of channels by name" },
);

const names = z.array(z.string().min(1));

const timeZone = z
  .string()
  .refine(isTimeZone, 'expected a time zone of the IANA database, such as "Europe/Berlin"');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const CRON = /^\S+(\s+\S+){4}$/;

/** Of the requests of so long; longer than a day is what promises are for. */
const over = z
  .string({ error: 'expected a duration such as "5m"' })
  .refine((text) => {
    const ms = parseDuration(text) ?? 0;
    return ms >= 60_000 && ms <= 86_400_000;
  }, 'expected a duration from "1m" to "1d"')
  .transform((text) => parseDuration(text) ?? 0)
  .prefault("5m");

const threshold = z
  .strictObject({
    errors: percentage.optional(),
    p50: duration.optional(),
    p95: duration.optional(),
    p99: duration.optional(),
    over,
  })
  .refine(({ over: _, ...of }) => Object.values(of).filter((each) => each !== undefined).length === 1, {
    error: "expected one of errors, p50, p95 and p99",
    // A key that is misspelt is told as that, and not as a missing one besides.
    when: ({ issues }) => issues.length === 0,
  });

export const alertsSchema = z.strictObject({
  channels: channels.default({}),
  routes: z
    .array(
      z.strictObject({
        severity: z
          .array(z.enum(["P0", "P1", "P2", "P3"]))
          .min(1)
          .optional(),
        components: names.min(1).optional(),
        to: names,
      }),
    )
    .default([]),
  escalation: z.array(z.strictObject({ after: duration, to: names.min(1) })).default([]),
  acknowledge: duration.prefault("5m"),
  group: z
    .strictObject({
      by: z.enum(["cause", "component", "environment"]).default("cause"),
      wait: duration.prefault("1s"),
      gather: duration.prefault("30s"),
      every: duration.prefault("5m"),
      repeat: duration.prefault("4h"),
    })
    .prefault({}),
  thresholds: z.array(threshold).default([]),
  maintenance: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        cron: z.string().regex(CRON, 'expected a cron expression of five fields such as "0 3 * * 0"'),
        timeZone: timeZone.default("UTC"),
        lasts: duration,
        components: names.min(1).optional(),
      }),
    )
    .default([]),
});

/** One of these: { errors }, { p50 }, { p95 }, { p99 }, { check }, { component } or { availability, over }. */
export const rollbackTriggerSchema = z.union([
  z.strictObject({ errors: percentage }),
  z.strictObject({ p50: duration }),
  z.strictObject({ p95: duration }),
  z.strictObject({ p99: duration }),
  z.strictObject({ check: z.string().min(1), component: z.string().min(1).optional() }),
  z.strictObject({ component: z.string().min(1) }),
  z.strictObject({ availability: percentage, over: duration.prefault("2h") }),
]);

export type JudgedAlerts = z.output<typeof alertsSchema>;
export type JudgedThreshold = z.output<typeof threshold>;
export type JudgedTrigger = z.output<typeof rollbackTriggerSchema>;
