import { z } from "zod";
import { instant, stageSchema } from "./check.ts";

const head = {
  version: z.literal(1),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
};

/** `gonogo sign --format json`: what was written down. */
export const signResult = z.object({
  ...head,
  kind: z.literal("sign"),
  item: z.string(),
  by: z.string(),
  doneBy: z.string().nullable().describe("who did the work, where somebody else has to sign"),
  at: instant,
  until: instant,
  evidence: z.string().describe("as it was given; an address with what it answered"),
  attachment: z
    .object({ name: z.string(), sha256: z.string(), sizeBytes: z.int() })
    .nullable()
    .describe("the file that was kept"),
  release: z.string().nullable().describe("live when it was signed"),
});

/** `gonogo waive --format json`: what was written down. */
export const waiveResult = z.object({
  ...head,
  kind: z.literal("waive"),
  finding: z.string().describe("its fingerprint"),
  about: z.string().describe("what the finding is of"),
  by: z.string(),
  at: instant,
  until: instant,
  reason: z.string(),
});
