import { z } from "zod";
import { instant } from "./check.ts";

const blocked = z.object({
  worstMs: z.number(),
  table: z.string().nullable().describe("where it waited longest"),
  tries: z.number(),
});

/** What a release's migrations did to a copy of the data before they touched the data itself. */
export const rehearsalSchema = z.object({
  at: instant,
  migrations: z.array(z.string()).readonly(),
  backup: z.string(),
  proof: z.string().nullable().describe("what comparing the copy with what was backed up said"),
  figures: z.object({
    restoredInMs: z.number(),
    tookMs: z.number(),
    locks: z
      .array(z.object({ table: z.string(), mode: z.string(), heldMs: z.number() }))
      .readonly()
      .describe("the strongest lock seen on each table"),
    rewritten: z.array(z.object({ table: z.string(), rows: z.number() })).readonly(),
    rowsChanged: z.number(),
    reader: blocked,
    writer: blocked,
  }),
  previous: z.string().nullable().describe("the release that was live; null when none was"),
  verdict: z.enum(["code only", "restore needed", "not shown"]),
  reasons: z.array(z.string()).readonly(),
});
