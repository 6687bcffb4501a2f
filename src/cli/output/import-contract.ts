import { z } from "zod";
import { contradictionSchema, phaseSchema } from "./check-contract.ts";

/** One line of the checklist and who answers it. */
const importedLine = z.object({
  line: z.number(),
  id: z.string(),
  text: z.string(),
  phase: phaseSchema,
  claimed: z.boolean().describe("its box was ticked in the source: a claim until evidence says so"),
  answeredBy: z.enum(["checks", "drill", "person", "nobody"]),
  binding: z.string().nullable().describe("the words of its comment; null for a line that has none"),
  parameters: z.record(z.string(), z.string()).readonly().describe("figures and names that the line says"),
  role: z.enum(["trigger", "alert", "metric"]).nullable().describe("null: something to be done"),
  condition: z.string().nullable().describe('"if applicable": under which it asks for anything'),
  how: z.enum(["kept", "group", "bound", "refused"]),
  confidence: z.number().nullable().describe("0 to 1; null for a line that was not bound now"),
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
  contradictions: z
    .array(contradictionSchema.extend({ line: z.number() }))
    .readonly()
    .describe("what a line says otherwise than the declaration"),
  proposals: z
    .array(
      z.object({
        under: z.enum(["components", "promises", "variables"]),
        add: z.string().nullable().describe("the line to add; null: nothing there is can answer it yet"),
        why: z.string(),
        lines: z.array(z.number()).readonly(),
      }),
    )
    .readonly(),
  problems: z.array(z.object({ line: z.number(), what: z.string() })).readonly(),
  misread: z.object({ as: z.string(), characters: z.number(), repaired: z.boolean() }).nullable(),
});

export type ImportRecord = z.infer<typeof importResult>;
