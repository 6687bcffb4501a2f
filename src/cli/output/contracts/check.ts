import { z } from "zod";
import { PHASES } from "../../../model/phase.ts";

/** Times are milliseconds since 1970 UTC; lengths of time are milliseconds. */
export const instant = z.number();

const measured = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const trouble = {
  summary: z.string(),
  expected: z.string(),
  found: z.string(),
  fix: z.string(),
  findings: z.array(z.string()).readonly().optional(),
  measured: measured.readonly().optional(),
};

export const outcomeSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("pass"), summary: z.string(), measured: measured.readonly().optional() }),
  z.object({ status: z.literal("warn"), ...trouble }),
  z.object({ status: z.literal("fail"), ...trouble }),
  z.object({
    status: z.literal("unknown"),
    reason: z.string(),
    cause: z.string().optional().describe("id of the fact at the root"),
  }),
  z.object({
    status: z.literal("not applicable"),
    reason: z.string(),
    undeclared: z.literal(true).optional().describe("it would apply if what it looks at were declared"),
  }),
]);

export const severitySchema = z.enum(["blocker", "warning", "info"]);
export const phaseSchema = z.enum(PHASES);
export const stageSchema = z.enum(["preview", "staging", "production"]);

export const stateSchema = z.enum([
  "go",
  "warning",
  "waived",
  "failing",
  "unknown",
  "stale",
  "unanswered",
  "unsigned",
  "not applicable",
  "not due",
]);

export const releaseSummarySchema = z.object({
  id: z.string(),
  commit: z.string(),
  createdAt: instant,
});

/** One check of one component and what it amounts to now. */
export const answerSchema = z.object({
  component: z.string(),
  check: z.string(),
  title: z.string(),
  consequence: z.string(),
  severity: severitySchema,
  phase: phaseSchema,
  state: stateSchema,
  reason: z.string(),
  blocks: z.boolean(),
  due: z.boolean(),
  outcome: outcomeSchema.nullable().describe("null when the check has not been asked"),
  findings: z
    .array(
      z.object({
        name: z.string(),
        fingerprint: z.string().describe("what `gonogo waive` takes"),
        waivedBy: z.string().nullable(),
        waivedUntil: instant.nullable(),
      }),
    )
    .readonly(),
  items: z.array(z.string()).readonly().describe("ids of the lines it answers"),
  otherwise: z
    .array(z.object({ item: z.string(), state: stateSchema, reason: z.string() }))
    .readonly()
    .describe("of lines that it answers otherwise: what they ask for beyond the check is, or is not, so"),
  evidence: z.number().nullable().describe("number of the row it rests on, in the evidence chain"),
  release: z.string().nullable().describe("the release that was looked at"),
  observedAt: instant.nullable(),
  freshUntil: instant.nullable(),
  facts: z
    .array(
      z.object({
        fact: z.string(),
        tookMs: z.number(),
        attempts: z.array(z.object({ tookMs: z.number(), error: z.string().optional() })).readonly(),
      }),
    )
    .readonly(),
});

/** A line and the declaration say different things. */
export const contradictionSchema = z.object({
  name: z.string().describe("the parameter that would settle it in the line's comment"),
  what: z.string(),
  says: z.string(),
  declares: z.string(),
  where: z.string().describe("in the declaration"),
  fingerprint: z.string().describe("what `gonogo waive` takes"),
});

/** One line of the checklist, or a check that no line speaks of. */
export const itemSchema = z.object({
  id: z.string(),
  text: z.string(),
  phase: phaseSchema,
  line: z.number().nullable(),
  restOf: z
    .string()
    .nullable()
    .describe("the item of the same line whose checks leave this open; null for a line and for a check"),
  path: z.array(z.string()).readonly(),
  claimed: z.boolean().describe("its box is ticked in the checklist: a claim until evidence says so"),
  role: z.enum(["trigger", "alert", "metric"]).nullable().describe("null: something to be done"),
  condition: z.string().nullable().describe('"if applicable": under which it asks for anything'),
  contradictions: z.array(contradictionSchema).readonly(),
  dueAt: instant.nullable().describe("when it comes due, next or again; null when at once or not known"),
  answeredBy: z.enum(["checks", "drill", "person", "nobody"]),
  drill: z
    .object({
      drill: z.string(),
      evidence: z.number().nullable().describe("number of the row it rests on, in the evidence chain"),
      release: z.string().nullable().describe("the release it was held on"),
      observedAt: instant,
      freshUntil: instant,
    })
    .nullable()
    .describe(
      "of a line that a drill answers: when it was last held; null when it was not, and for other lines",
    ),
  state: stateSchema,
  reason: z.string(),
  blocks: z.boolean(),
});

export const checkResult = z.object({
  version: z.literal(1),
  kind: z.literal("check"),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
  config: z.string().describe("the declaration, relative to the project"),
  checklist: z.string().nullable().describe("the checklist, relative to the project"),
  release: releaseSummarySchema.nullable(),
  at: instant,
  tookMs: z.number(),
  go: z.boolean(),
  goWithoutWaivers: z.boolean(),
  items: z.array(itemSchema).readonly(),
  answers: z.array(answerSchema).readonly(),
});

export type CheckRecord = Readonly<z.infer<typeof checkResult>>;
export type AnswerRecord = CheckRecord["answers"][number];
export type ItemRecord = CheckRecord["items"][number];
