import { z } from "zod";
import { STEPS } from "../../model/deploy.ts";
import { backupResult, backupsResult, pruneResult, restoreResult } from "./backup-contract.ts";
import { checkResult, instant, stageSchema } from "./check-contract.ts";
import { drillResult, drillsResult } from "./drill-contract.ts";
import { explainResult, importResult } from "./import-contract.ts";
import { incidentResult, incidentsResult, silencesResult } from "./incident-contract.ts";
import { releaseSchema as release } from "./release-contract.ts";
import { countdownSchema, reportResult, ticksResult, verifyResult } from "./report-contract.ts";
import { storeResult } from "./store-contract.ts";
import { watchResult } from "./watch-contract.ts";

// The shape of `--format json` of every command. A name or a meaning that changes raises `version`; names may be
// added without that, so readers ignore those they do not know.

const version = z.literal(1);
const environment = { launch: z.string(), environment: z.string(), stage: stageSchema };

export {
  backupResult,
  backupsResult,
  checkResult,
  drillResult,
  drillsResult,
  explainResult,
  importResult,
  incidentResult,
  incidentsResult,
  pruneResult,
  reportResult,
  restoreResult,
  silencesResult,
  storeResult,
  ticksResult,
  verifyResult,
  watchResult,
};

const lease = z.object({
  owner: z.string(),
  purpose: z.string(),
  since: instant,
  step: z.string(),
  expiresAt: instant,
});

export const planResult = z.object({
  version,
  kind: z.literal("plan"),
  ...environment,
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
  release: release.nullable(),
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

export const statusResult = z.object({
  version,
  kind: z.literal("status"),
  ...environment,
  live: z.string().nullable(),
  warm: z.object({ release: z.string(), until: instant }).nullable(),
  staged: z.string().nullable(),
  lease: lease.nullable(),
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
  check: checkResult.nullable().describe("the verdict on the evidence there is; nothing was asked anew"),
  countdown: countdownSchema.nullable().describe("null outside production, or while no launch time is known"),
});

export const releasesResult = z.object({
  version,
  kind: z.literal("releases"),
  ...environment,
  live: z.string().nullable(),
  releases: z.array(release).readonly().describe("newest first"),
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

export const initResult = z.object({
  version,
  kind: z.literal("init"),
  directory: z.string(),
  written: z.array(z.string()).readonly(),
  guesses: z
    .array(z.object({ what: z.string(), because: z.string() }))
    .readonly()
    .describe("each thing that was guessed, and what it was guessed from"),
});

/** What a command may print as JSON, told apart by `kind`. */
export const jsonResult = z.discriminatedUnion("kind", [
  checkResult,
  planResult,
  deployResult,
  rollbackResult,
  launchResult,
  statusResult,
  releasesResult,
  logsResult,
  stopResult,
  drillResult,
  drillsResult,
  incidentsResult,
  incidentResult,
  silencesResult,
  backupResult,
  backupsResult,
  pruneResult,
  restoreResult,
  initResult,
  importResult,
  explainResult,
  reportResult,
  verifyResult,
  ticksResult,
  storeResult,
  watchResult,
]);
export type JsonResult = z.infer<typeof jsonResult>;
