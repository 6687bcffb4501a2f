import { z } from "zod";
import { contradictionSchema, phaseSchema } from "./check.ts";

/** One line of the checklist and who answers it. */
const importedLine = z.object({
  line: z.number(),
  id: z.string(),
  text: z.string(),
  phase: phaseSchema,
  claimed: z.boolean().describe("its box was ticked in the source: a claim until evidence says so"),
  answeredBy: z.enum(["checks", "drill", "person", "nobody"]),
  binding: z.string().nullable().describe("the words of its comment; null for a line that has none"),
  inPart: z.boolean().describe("a person answers what its checks or its drill leave open"),
  parameters: z.record(z.string(), z.string()).readonly().describe("figures and names that the line says"),
  role: z.enum(["trigger", "alert", "metric"]).nullable().describe("null: something to be done"),
  condition: z.string().nullable().describe('"if applicable": under which it asks for anything'),
  how: z.enum(["kept", "aside", "group", "bound", "refused"]),
  confidence: z.number().nullable().describe("0 to 1; null for a line that was not bound now"),
  near: z
    .object({ id: z.string().describe("of a check or a drill"), confidence: z.number() })
    .nullable()
    .describe(
      "what is nearest to answering a line that a person answers; looked for when it is bound, and by --near",
    ),
  doubt: z
    .object({ open: z.array(z.string()).readonly().describe("words that none of its checks accounts for") })
    .nullable()
    .describe("why it may ask for more than its checks show; looked for when it is bound, and by --doubts"),
});

export const importResult = z.object({
  version: z.literal(1),
  kind: z.literal("import"),
  file: z.string(),
  declared: z.boolean().describe("the declaration names this file as its checklist"),
  hasConfiguration: z.boolean(),
  dryRun: z.boolean(),
  written: z.boolean().describe("the file was changed"),
  lines: z.array(importedLine).readonly(),
  changes: z
    .array(z.object({ line: z.number(), before: z.string(), after: z.string() }))
    .readonly()
    .describe("lines of the file that were changed, or would be"),
  contradictions: z
    .array(contradictionSchema.extend({ line: z.number() }))
    .readonly()
    .describe("what a line says otherwise than the declaration"),
  proposals: z
    .array(
      z.object({
        under: z.enum(["components", "promises", "deploy.rollbackOn", "alerts.thresholds", "variables"]),
        add: z.string().nullable().describe("the line to add; null: nothing there is can answer it yet"),
        why: z.string(),
        lines: z.array(z.number()).readonly(),
      }),
    )
    .readonly(),
  problems: z.array(z.object({ line: z.number(), what: z.string() })).readonly(),
  misread: z.object({ as: z.string(), characters: z.number(), repaired: z.boolean() }).nullable(),
});

const candidate = z.object({
  id: z.string().describe("of a check or a drill"),
  title: z.string(),
  confidence: z.number().describe("0 to 1: its words and lines like it together"),
  worded: z.number().describe("0 to 1: by its words alone"),
  asked: z.string().nullable().describe("the way of asking that fits best; null: the line says none of them"),
  matched: z.array(z.object({ word: z.string(), from: z.enum(["line", "heading"]) })).readonly(),
  open: z.array(z.string()).readonly().describe("words of the line that this leaves open"),
  likeness: z
    .number()
    .nullable()
    .describe("0 to 1: of lines in such words, how many ask for this; null: nobody labelled one with it"),
  likeBy: z.array(z.string()).readonly().describe("words that speak for it there, the strongest first"),
});

export const explainResult = z.object({
  version: z.literal(1),
  kind: z.literal("explain"),
  file: z.string(),
  line: importedLine,
  path: z.array(z.string()).readonly().describe("headings and parents above it"),
  least: z.number().describe("confidence below which a line is left to a person"),
  chosen: z.array(candidate).readonly(),
  rest: z
    .array(z.string())
    .readonly()
    .describe("parts of the line that these leave open, and a person answers"),
  holder: z
    .string()
    .nullable()
    .describe("the check that holds what the line says of a variable, where none that was chosen does"),
  rivals: z.array(candidate).readonly(),
});

/** A line that people are asked to judge. */
const judgedLine = z.object({
  line: z.number(),
  id: z.string(),
  text: z.string(),
  path: z.array(z.string()).readonly().describe("headings and parents above it"),
});

export const nearResult = z.object({
  version: z.literal(1),
  kind: z.literal("near"),
  file: z.string(),
  least: z.number().describe("confidence from which a line is bound without anybody's word"),
  lines: z
    .array(
      judgedLine.extend({
        check: z.string().describe("id of the check or drill that is nearest"),
        title: z.string().describe("what is so when it passes"),
        confidence: z.number().describe("0 to 1"),
      }),
    )
    .readonly()
    .describe("lines that a person answers"),
});

export const doubtsResult = z.object({
  version: z.literal(1),
  kind: z.literal("doubts"),
  file: z.string(),
  lines: z
    .array(
      judgedLine.extend({
        checks: z
          .array(z.object({ id: z.string(), title: z.string().describe("what is so when it passes") }))
          .readonly(),
        open: z.array(z.string()).readonly().describe("words that none of its checks accounts for"),
      }),
    )
    .readonly()
    .describe("lines that checks answer, and that may ask for more than these show"),
});

export type DoubtsRecord = z.infer<typeof doubtsResult>;
export type NearRecord = z.infer<typeof nearResult>;
export type ExplainRecord = z.infer<typeof explainResult>;
export type ImportRecord = z.infer<typeof importResult>;
