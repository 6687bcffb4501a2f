import { z } from "zod";
import { checkResult, instant, stageSchema } from "./check.ts";
import { releaseSchema } from "./release.ts";
import { countdownSchema } from "./report.ts";

const version = z.literal(1);
const environment = { launch: z.string(), environment: z.string(), stage: stageSchema };

const lease = z.object({
  owner: z.string(),
  purpose: z.string(),
  since: instant,
  step: z.string(),
  expiresAt: instant,
});

export const statusResult = z.object({
  version,
  kind: z.literal("status"),
  ...environment,
  live: z.string().nullable(),
  lost: z
    .object({
      release: z.string(),
      seenAt: instant.nullable().describe("when its agent was last there; null when nothing tells"),
    })
    .nullable()
    .describe(
      "what was live when its agent was ended, and not by gonogo stop: nobody is answered until a deploy",
    ),
  warm: z.object({ release: z.string(), until: instant }).nullable(),
  staged: z.string().nullable(),
  lease: lease.nullable(),
  storeAway: z
    .string()
    .nullable()
    .describe(
      "why the store does not answer: then incidents, questions, channels and the verdict are not known",
    ),
  address: z.string().nullable(),
  instances: z
    .array(
      z.object({
        release: z.string(),
        process: z.string(),
        index: z.number(),
        state: z.enum(["starting", "ready", "unhealthy", "backing off", "stopping", "stopped"]),
        pid: z.number().nullable(),
        port: z.number().nullable(),
        startedAt: instant.nullable(),
        restarts: z.number(),
        memoryBytes: z.number().nullable(),
      }),
    )
    .readonly(),
  schedules: z
    .array(
      z.object({
        process: z.string(),
        everyMs: z.number().nullable(),
        cron: z.string().nullable(),
        lastStartedAt: instant.nullable(),
        lastFinishedAt: instant.nullable(),
        lastExitCode: z.number().nullable(),
        nextAt: instant.nullable(),
        failures: z.number(),
      }),
    )
    .readonly(),
  incidents: z
    .array(
      z.object({
        id: z.string(),
        state: z.enum(["open", "mitigated", "resolved"]),
        severity: z.enum(["P0", "P1", "P2", "P3"]),
        title: z.string(),
        openedAt: instant,
        acknowledgedBy: z.string().nullable(),
      }),
    )
    .readonly()
    .describe("that are not over"),
  questions: z
    .array(
      z.object({
        incident: z.string(),
        askedAt: instant,
        text: z.string(),
        goBack: z.string().nullable().describe("the command; null when there is nothing to go back to"),
        keep: z.string().describe("the command"),
      }),
    )
    .readonly()
    .describe("a release that went bad stays live until somebody decides"),
  channels: z
    .array(
      z.object({
        channel: z.string(),
        kind: z.string(),
        found: z.string(),
        fix: z.string(),
        waiting: z.number(),
        lost: z.number(),
      }),
    )
    .readonly()
    .describe("through which nobody would be told now, and why"),
  check: checkResult
    .nullable()
    .describe(
      "the verdict on the evidence there is, nothing asked anew; null while nothing is live, unless --all",
    ),
  countdown: countdownSchema.nullable().describe("null outside production, or while no launch time is known"),
});

export const releasesResult = z.object({
  version,
  kind: z.literal("releases"),
  ...environment,
  live: z.string().nullable(),
  releases: z.array(releaseSchema).readonly().describe("newest first"),
});

export const logsResult = z.object({
  version,
  kind: z.literal("logs"),
  ...environment,
  lines: z
    .array(z.object({ process: z.string(), index: z.number(), release: z.string(), text: z.string() }))
    .readonly(),
});

export const stopResult = z.object({
  version,
  kind: z.literal("stop"),
  ...environment,
  purged: z.boolean(),
});
