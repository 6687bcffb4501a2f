import { z } from "zod";
import { parseDuration } from "../model/duration.ts";

const LONGEST_MS = 600_000;

/** Bounded on purpose: it is sent to one's own application, from one machine. */
export const loadPlanSchema = z
  .strictObject({
    users: z.int().min(1).max(2_000).optional(),
    arrivals: z.number().min(0.1).max(500).optional(),
    for: z
      .string({ error: 'expected a duration such as "60s"' })
      .refine((text) => {
        const ms = parseDuration(text) ?? 0;
        return ms >= 1_000 && ms <= LONGEST_MS;
      }, 'expected a duration from a second to ten minutes, such as "60s"')
      .transform((text) => parseDuration(text) ?? 0),
    paths: z
      .array(z.string().regex(/^\/(?!\/)\S*$/, 'expected a path such as "/api/readers"'))
      .min(1)
      .max(20),
  })
  .refine(({ users, arrivals }) => (users === undefined) !== (arrivals === undefined), {
    error: "expected either users (at once) or arrivals (a second)",
  });
