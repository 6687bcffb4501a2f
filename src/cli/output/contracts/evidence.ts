import { z } from "zod";
import { answerSchema, instant, outcomeSchema } from "./check.ts";

/** `gonogo report --evidence 412 --format json`: one row of the chain. */
export const evidenceResult = z.object({
  version: z.literal(1),
  kind: z.literal("evidence"),
  launch: z.string(),
  environment: z.string().describe("that it was seen in, whichever was asked for"),
  row: z.int(),
  component: z.string(),
  check: z.string(),
  outcome: outcomeSchema,
  observedAt: instant,
  freshUntil: instant,
  release: z.string().nullable(),
  configuration: z.string(),
  facts: answerSchema.shape.facts,
});

export type EvidenceRecord = z.infer<typeof evidenceResult>;
