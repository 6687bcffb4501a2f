import { z } from "zod";
import { instant, stageSchema } from "./check.ts";

const head = {
  version: z.literal(1),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
};

const outcome = z.object({
  status: z.enum(["pass", "warn", "fail"]),
  summary: z.string(),
  expected: z.string().nullable(),
  found: z.string().nullable(),
  fix: z.string().nullable(),
  measured: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).readonly(),
});

export const drillResult = z.object({
  ...head,
  kind: z.literal("drill"),
  id: z.string(),
  drill: z.string(),
  outcome,
  heldAt: instant,
  freshUntil: instant.describe("until then it answers the lines of the checklist that ask for it"),
});

export const drillsResult = z.object({
  ...head,
  kind: z.literal("drills"),
  allowed: z.boolean().describe("whether the environment allows drills at all"),
  drills: z
    .array(
      z.object({
        drill: z.string(),
        title: z.string(),
        unfit: z.string().nullable().describe("why it cannot be held here"),
        disturbs: z.array(z.string()).readonly(),
        last: z.object({ outcome, heldAt: instant, freshUntil: instant }).nullable(),
      }),
    )
    .readonly(),
});
