import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";

const duration = z
  .templateLiteral([z.number(), z.enum(["ms", "s", "m", "h", "d", "w"])])
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "1200s"');
const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable");

export const rtcOptions = z.strictObject({
  endpoint: z
    .string()
    .regex(/^\/\S*:id\S*$/, 'expected a path with :id such as "/api/sessions/:id/rtc-token"')
    .describe("Path that hands out tokens for one session; :id stands for the session."),
  method: z.enum(["GET", "POST"]).default("POST"),
  lifetime: duration.describe("How long a token is good for."),
  tokenField: z.string().min(1).default("token").describe("Field of the JSON answer that holds the token."),
  cases: z
    .string()
    .min(1)
    .describe(
      "Shell line, run in the project with the environment's variables, that makes or finds one session in each state and prints, as JSON on its last line, { allowed, noFunds, notYours, over }: each { session, token } with the session's id and an access token of the person who asks.",
    ),
  statuses: z
    .strictObject({
      noFunds: z.int().min(400).max(499).default(402),
      notYours: z.int().min(400).max(499).default(403),
      over: z.int().min(400).max(499).default(410),
    })
    .prefault({})
    .describe("What the endpoint answers when it refuses."),
  appIdVariable: variableName
    .default("RTC_APP_ID")
    .describe("The variable with the application's id at the provider."),
  certificateVariable: variableName
    .default("RTC_APP_CERTIFICATE")
    .describe("The variable with the certificate that tokens are signed with."),
});

export type RtcOptions = z.output<typeof rtcOptions>;
