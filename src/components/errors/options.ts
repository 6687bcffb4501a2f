import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable");
const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "2m"');

export const errorsOptions = z.strictObject({
  provoke: z
    .string()
    .regex(/^\/\S*$/, 'expected a path such as "/probe/broken"')
    .describe("A path that fails on purpose and tells the tracker; asked with GET."),
  within: duration.default("2m").describe("An error is in the tracker after this at the latest."),
  project: z
    .string()
    .regex(/^[\w-]+\/[\w-]+$/, 'expected organisation and project, such as "acme/api"')
    .describe("Organisation and project as the tracker's address shows them."),
  environmentTag: z
    .string()
    .min(1)
    .optional()
    .describe("The environment that events must name. Default: any."),
  dsnVariable: variableName
    .default("SENTRY_DSN")
    .describe("The variable with the address events are sent to."),
  tokenVariable: variableName
    .default("SENTRY_AUTH_TOKEN")
    .describe("The variable with a token that may read the project's events."),
  apiUrlVariable: variableName
    .default("SENTRY_URL")
    .describe("The variable with the address of the tracker's API."),
  standIn: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Shell line of a stand-in for the tracker on this machine, used outside production when no address is given. It listens on PORT and finds its address and token in the variables above.",
    ),
});

export type ErrorsOptions = z.output<typeof errorsOptions>;
