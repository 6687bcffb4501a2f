import { z } from "zod";

/**
 * Of any command with `--format json` that ends without its own record, on standard output as that would be; the same
 * for people is on standard error.
 */
export const errorResult = z.object({
  version: z.literal(1),
  kind: z.literal("error"),
  message: z.string().describe("what is wrong, for people"),
  place: z.string().nullable().describe("file, line or option; null when there is no one place"),
  fix: z.string().nullable().describe("what mends it; null when nobody can tell"),
  exitCode: z
    .int()
    .describe(
      "2 usage or declaration, 3 Gonogo or something outside failed, 128 and its number for a signal",
    ),
  mistakes: z
    .array(
      z.object({
        path: z.string().describe('"components.db.backup.every"; empty for the launch as a whole'),
        file: z.string(),
        line: z.int().nullable(),
        column: z.int().nullable(),
        expected: z.string(),
        found: z.string(),
        didYouMean: z.string().nullable(),
        fix: z.string(),
      }),
    )
    .readonly()
    .describe("of a declaration, each by itself; else none"),
});

export type ErrorRecord = z.infer<typeof errorResult>;
