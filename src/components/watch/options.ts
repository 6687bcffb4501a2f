import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";

export const watchOptions = z.strictObject({
  within: z
    .string()
    .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "5m"')
    .transform((text) => parseDuration(text) ?? 0)
    .prefault("5m")
    .describe("Whatever answers users is asked at least this often."),
});

export type WatchOptions = z.output<typeof watchOptions>;
