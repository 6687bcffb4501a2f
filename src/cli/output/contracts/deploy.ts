import { z } from "zod";
import { STEPS } from "../../../model/deploy.ts";
import { checkResult, instant, stageSchema } from "./check.ts";
import { releaseSchema } from "./release.ts";

const version = z.literal(1);
const environment = { launch: z.string(), environment: z.string(), stage: stageSchema };

export const planResult = z.object({
  version,
  kind: z.literal("plan"),
  ...environment,
  obstacle: z
    .object({ what: z.string(), where: z.string().nullable(), fix: z.string().nullable() })
    .nullable()
    .describe("why a deploy would be refused: declared otherwise than it runs"),
  from: z.object({ id: z.string(), commit: z.string() }).nullable(),
  source: z.object({ commit: z.string(), dirty: z.boolean(), subject: z.string() }),
  variables: z
    .object({
      added: z.array(z.string()).readonly(),
      removed: z.array(z.string()).readonly(),
      changed: z.array(z.string()).readonly(),
    })
    .describe("names only"),
  migrations: z.object({
    applied: z.array(z.string()).readonly(),
    pending: z.array(z.string()).readonly(),
    unknown: z.string().nullable().describe("why they cannot be told"),
  }),
  processes: z.array(z.object({ name: z.string(), kind: z.string(), instances: z.number() })).readonly(),
  rehearsal: z
    .object({
      will: z.boolean(),
      why: z.string(),
      budget: z.object({ durationMs: z.number(), blockedMs: z.number() }).nullable(),
      previous: z.string().nullable().describe("the live release, asked on the migrated copy"),
      asks: z.array(z.string()).readonly(),
    })
    .describe("whether the migrations run on a copy of the data first"),
  downtime: z.object({ downtime: z.enum(["none", "possible"]), reasons: z.array(z.string()).readonly() }),
  probes: z
    .array(
      z.object({
        component: z.string(),
        check: z.string(),
        access: z.enum(["read", "active", "drill"]),
        sends: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
});

const traffic = z.object({
  release: z.string(),
  requests: z.number(),
  failed: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});

const deployRecord = {
  version,
  ...environment,
  deploy: z.object({
    id: z.string(),
    release: z.string(),
    from: z.string().nullable(),
    by: z.string(),
    startedAt: instant,
    finishedAt: instant.nullable(),
    state: z.enum(["running", "done", "failed", "rolled back", "interrupted"]),
    reason: z.string().nullable(),
  }),
  release: releaseSchema.nullable(),
  steps: z
    .array(
      z.object({
        step: z.enum(STEPS),
        state: z.enum(["intent", "done", "skipped", "failed", "undone"]),
        at: instant,
        detail: z.record(z.string(), z.unknown()).readonly(),
      }),
    )
    .readonly(),
  switchedInMs: z.number().nullable(),
  downtime: z
    .object({
      requests: z.number(),
      failed: z.number(),
      worstMs: z.number(),
      firstFailure: z.string().nullable(),
    })
    .nullable()
    .describe("what the prober saw through the switch"),
  bake: z
    .object({
      state: z.enum(["good", "bad", "no data"]),
      reason: z.string(),
      traffic: z.array(traffic).readonly(),
    })
    .nullable(),
  check: checkResult.nullable().describe("the last that was judged: at the gate, staged or live"),
  address: z.string().nullable(),
  told: z.array(z.string()).readonly(),
  held: z
    .object({ reason: z.string(), why: z.string(), severity: z.enum(["P1", "P2"]) })
    .nullable()
    .describe("what is against the release that stays live: bad (P1), or not to be told (P2)"),
};

export const deployResult = z.object({ kind: z.literal("deploy"), ...deployRecord });
export const rollbackResult = z.object({ kind: z.literal("rollback"), ...deployRecord });

export const launchResult = z.object({
  version,
  kind: z.literal("launch"),
  launch: z.string(),
  go: z.boolean(),
  deploys: z.array(deployResult).readonly().describe("one an environment, in the order of the countdown"),
});
