import { z } from "zod";
import { checkResult, instant, phaseSchema, stageSchema } from "./check.ts";
import { releaseSchema } from "./release.ts";

const signOff = z.object({
  item: z.string(),
  seq: z.number().describe("number of the row in the chain of people's answers"),
  by: z.string(),
  doneBy: z.string().nullable(),
  at: instant,
  until: instant,
  release: z.string().nullable().describe("what was live when it was given"),
  evidence: z.string(),
  attachment: z
    .object({ name: z.string(), sha256: z.string(), sizeBytes: z.number() })
    .nullable()
    .describe("kept as .gonogo/evidence/<sha256>"),
  stands: z.boolean(),
});

const waiver = z.object({
  finding: z.string().describe("its fingerprint"),
  by: z.string(),
  at: instant,
  until: instant,
  reason: z.string(),
  stands: z.boolean(),
  answer: z
    .string()
    .nullable()
    .describe('"component/check" or the line that has the finding now; null when none has'),
  name: z.string().nullable().describe("the offending thing"),
});

const deploy = z.object({
  id: z.string(),
  kind: z.enum(["deploy", "rollback"]),
  release: z.string(),
  from: z.string().nullable(),
  by: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  state: z.enum(["running", "done", "failed", "rolled back", "interrupted"]),
  reason: z.string().nullable(),
  switchedInMs: z.number().nullable(),
  downtime: z
    .object({ requests: z.number(), failed: z.number(), worstMs: z.number() })
    .nullable()
    .describe("what the prober saw through the switch"),
});

export const countdownSchema = z.object({
  launchAt: instant,
  dueNow: z
    .array(z.string())
    .readonly()
    .describe("ids of lines that are due and not answered, those of the countdown first"),
  next: z
    .array(z.object({ phase: phaseSchema, at: instant, items: z.array(z.string()).readonly() }))
    .readonly()
    .describe("what comes due, the soonest first; recurring lines at their next turn"),
});

const chainRow = z.object({ seq: z.number(), environment: z.string(), about: z.string(), at: instant });
const chain = z.object({
  rows: z.number(),
  head: z.string().describe("hash of the last row: written down elsewhere it proves all before it"),
  breaks: z
    .array(
      z.object({
        seq: z.number(),
        change: z.enum(["changed", "removed", "inserted", "hidden", "cut off"]),
        row: chainRow.nullable(),
        before: chainRow.nullable(),
      }),
    )
    .readonly(),
});

export const reportResult = z.object({
  version: z.literal(1),
  kind: z.literal("report"),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
  at: instant,
  check: checkResult,
  signOffs: z.array(signOff).readonly().describe("of each line the one that stands, else the last"),
  waivers: z.array(waiver).readonly(),
  unblock: z
    .array(z.object({ what: z.string(), why: z.string(), how: z.string() }))
    .readonly()
    .describe("what stands between this and GO, in the order in which to mend it"),
  countdown: countdownSchema.nullable().describe("null while nobody has said when the launch is"),
  release: releaseSchema.nullable(),
  deploys: z.array(deploy).readonly().describe("newest first"),
  chains: z.object({ evidence: chain, people: chain }).nullable().describe("null when they were not walked"),
});

export const verifyResult = z.object({
  version: z.literal(1),
  kind: z.literal("verify"),
  launch: z.string(),
  at: instant,
  intact: z.boolean(),
  chains: z.object({ evidence: chain, people: chain }),
  anchor: z
    .object({
      ...{ row: z.number(), hash: z.string(), holds: z.boolean() },
      people: z
        .object({ row: z.number(), hash: z.string(), holds: z.boolean() })
        .nullable()
        .describe("of people's answers; null when the proof has none"),
    })
    .nullable()
    .describe("heads that an earlier report named"),
  attachments: z
    .array(
      z.object({
        item: z.string(),
        name: z.string(),
        sha256: z.string(),
        state: z.enum(["kept", "changed", "missing"]),
      }),
    )
    .readonly(),
});

export const ticksResult = z.object({
  version: z.literal(1),
  kind: z.literal("ticks"),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
  file: z.string(),
  dryRun: z.boolean(),
  written: z.boolean().describe("the file was changed"),
  earned: z.number().describe("boxes that the evidence ticks"),
  lines: z
    .array(z.object({ line: z.number(), was: z.string(), now: z.string() }))
    .readonly()
    .describe("what changed, or with --dry-run would"),
  refused: z.array(z.number()).readonly().describe("lines without a box that could be written"),
});

export type TicksRecord = Readonly<z.infer<typeof ticksResult>>;
export type ReportRecord = Readonly<z.infer<typeof reportResult>>;
export type VerifyRecord = Readonly<z.infer<typeof verifyResult>>;
export type CountdownRecord = Readonly<z.infer<typeof countdownSchema>>;
