import { z } from "zod";
import { releaseSummarySchema } from "./check.ts";
import { rehearsalSchema } from "./rehearsal.ts";

export const releaseSchema = releaseSummarySchema.extend({
  createdBy: z.string(),
  configuration: z.string(),
  state: z.enum(["staged", "live", "replaced", "failed", "rolled back"]),
  variables: z.record(z.string(), z.string()).readonly().describe("name to salted fingerprint; never values"),
  migrations: z.array(z.string()).readonly(),
  backup: z.string().nullable(),
  rehearsal: rehearsalSchema.nullable().describe("null when nothing was rehearsed"),
});
