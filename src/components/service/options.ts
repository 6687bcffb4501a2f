import { z } from "zod";
import { VENDOR_NAMES } from "./vendors.ts";

export const serviceOptions = z.strictObject({
  vendor: z.enum(VENDOR_NAMES).describe("Whose API the application needs."),
  scopes: z
    .array(z.string().min(1))
    .default([])
    .describe("What the key may do and no more, where the vendor tells (SendGrid: mail.send)."),
  headroom: z
    .int()
    .min(1)
    .max(99)
    .default(20)
    .describe("Percent of the vendor's rate limit that must be left when it is asked."),
  within: z.int().min(100).default(3_000).describe("The vendor answers within so many milliseconds."),
  answers: z
    .array(z.string().min(1))
    .default([])
    .describe('How your checklist asks whether it is set up: ["Mux account for video distribution"].'),
  standIn: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Shell line of a stand-in for this machine, used outside production when no key is given. It listens on PORT and finds its address and keys in the vendor's variables.",
    ),
});

export type ServiceOptions = z.output<typeof serviceOptions>;
