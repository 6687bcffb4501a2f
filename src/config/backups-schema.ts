import { z } from "zod";
import type { BackupPolicy, Destination } from "../model/backup-policy.ts";
import { parseDuration } from "../model/duration.ts";

const duration = z
  .string({ error: 'expected a duration such as "1d"' })
  .refine((text) => (parseDuration(text) ?? 0) > 0, 'expected a duration such as "1d"')
  .transform((text) => parseDuration(text) ?? 0);
const count = z.int().min(0).max(10_000);
const recipient = z
  .string()
  .refine(
    (text) => !/^AGE-SECRET-KEY-/i.test(text),
    "expected a public key: this is a private one, which opens every backup",
  )
  .refine((text) => /^age1[0-9a-z]+$/.test(text), 'expected an age recipient such as "age1..."');

export const backupsSchema = z.strictObject({
  every: duration.prefault("1d"),
  loseAtMost: duration.optional(),
  restoreWithin: duration.prefault("15m"),
  keep: z
    .strictObject({
      last: count.min(1, "expected at least 1: the newest backup is always kept").default(3),
      hourly: count.default(0),
      daily: count.default(7),
      weekly: count.default(4),
      monthly: count.default(12),
      yearly: count.default(0),
    })
    .prefault({}),
  destinations: z
    .record(
      z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "expected lower-case words joined by hyphens"),
      z.object(
        { kind: z.string(), options: z.unknown().optional() },
        { error: "expected the result of a call such as directory({ ... })" },
      ),
      { error: "expected an object of destinations by name" },
    )
    .refine((given) => Object.keys(given).length > 0, "expected at least one, such as { here: directory() }"),
  recipients: z.array(recipient).default([]),
  identity: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable")
    .default("BACKUP_IDENTITY"),
  files: z.array(z.string().min(1)).default([]),
  jobs: z.int().min(1).max(64).default(2),
  exceptInvariants: z.array(z.string().min(1)).default([]),
});

export type JudgedBackups = z.output<typeof backupsSchema>;

export function buildBackups(judged: JudgedBackups, destinations: readonly Destination[]): BackupPolicy {
  const { every, loseAtMost, restoreWithin, ...rest } = judged;
  return {
    ...rest,
    everyMs: every,
    // A backup is made every so often and takes its time: the moment it is due is not yet a broken promise.
    loseAtMostMs: loseAtMost ?? every * 1.25,
    restoreWithinMs: restoreWithin,
    destinations,
  };
}
