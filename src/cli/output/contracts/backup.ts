import { z } from "zod";
import { instant, stageSchema } from "./check.ts";

const head = {
  version: z.literal(1),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
};

const problem = z.object({ kind: z.string(), what: z.string() });

const proof = z.object({
  provenAt: instant,
  verdict: z.enum(["proven", "failed", "unproven"]),
  problems: z.array(problem).readonly(),
  restoreMs: z.number(),
  compareMs: z.number(),
  tables: z.number(),
  rows: z.number(),
  sampledRows: z.number().describe("rows whose every column was compared by checksum"),
  files: z.number().describe("files that were compared by their SHA-256"),
  keys: z.number().describe("keys that Redis came back with"),
  evidenceRows: z.number().describe("rows of Gonogo's own evidence, whose chain was walked"),
  serverVersion: z.string().nullable(),
});

const backup = z.object({
  id: z.string(),
  destination: z.string(),
  place: z.string(),
  release: z.string().nullable(),
  reason: z.string(),
  startedAt: instant,
  tookMs: z.number(),
  storedBytes: z.number(),
  plainBytes: z.number(),
  parts: z
    .array(
      z.object({
        component: z.string(),
        kind: z.string(),
        takenAt: instant,
        holds: z.string().describe("in words; names of tables and keys are sealed with the data"),
        objects: z.number(),
        storedBytes: z.number(),
        plainBytes: z.number(),
      }),
    )
    .readonly(),
  tools: z.record(z.string(), z.string()).readonly(),
  damage: z.array(problem).readonly().describe("what the listing alone shows"),
  proof: proof.nullable().describe("the last; null: it was never restored and compared"),
});

export const backupResult = z.object({
  ...head,
  kind: z.literal("backup"),
  backup: backup.nullable().describe("null: the destinations did not take it yet"),
});

export const backupsResult = z.object({
  ...head,
  kind: z.literal("backups"),
  backups: z.array(backup).readonly().describe("newest first, by destination"),
  unreachable: z.array(z.object({ destination: z.string(), reason: z.string() })).readonly(),
  pointInTime: z
    .array(
      z.object({
        component: z.string(),
        stretches: z
          .array(z.object({ from: instant, until: instant }))
          .readonly()
          .describe("to any second of these it can be brought back, earliest first"),
        copies: z.number().describe("copies of the whole server that a recovery can begin with"),
        behind: z.string().nullable().describe("why the newest could not be brought away just now"),
      }),
    )
    .readonly()
    .optional()
    .describe("databases that are declared to be recoverable to a time; only of gonogo restore --list"),
});

export const pruneResult = z.object({
  ...head,
  kind: z.literal("prune"),
  dryRun: z.boolean(),
  destinations: z
    .array(
      z.object({
        destination: z.string(),
        kept: z.array(z.object({ id: z.string(), why: z.array(z.string()).readonly() })).readonly(),
        removed: z.array(z.string()).readonly(),
        leftovers: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
});

export const restoreResult = z.object({
  ...head,
  kind: z.literal("restore"),
  backup: z.string(),
  at: instant.optional().describe("the time that was asked for; absent: that of the backup"),
  into: z.string().describe("the database, variable, directory or file that holds the restored data"),
  aside: z.string().nullable().describe("the name under which the former live database stays"),
  connection: z
    .object({
      address: z.string().describe("of the restored database, or of the one aside; without the password"),
      password: z.string().describe("where it lies"),
      psql: z.string().describe("a line for a shell that opens it"),
    })
    .optional()
    .describe("how a database on the live one's server is reached"),
  freshBackup: z.string().nullable().describe("made before the live database was replaced"),
  problems: z.array(problem).readonly(),
  tookMs: z.number(),
});
