import { z } from "zod";
import { stageSchema } from "./check.ts";

/** `gonogo store --format json`: where Gonogo keeps what it knows, and how much that is. */
export const storeResult = z.object({
  version: z.literal(1),
  kind: z.literal("store"),
  launch: z.string(),
  environment: z.string(),
  stage: stageSchema,
  database: z.enum(["sqlite", "postgres"]),
  place: z.string().describe("a file, or server, database and schema: no user, no password"),
  evidenceRows: z.int(),
  evidenceHead: z.string().describe("hash of the last row"),
  isWhole: z.boolean().describe("whether every row of evidence and of people's answers is as it was written"),
  movedFrom: z.string().nullable(),
});

export type StoreRecord = z.infer<typeof storeResult>;
