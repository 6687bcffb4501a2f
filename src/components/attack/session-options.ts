import { z } from "zod";
import { requestStep } from "../../facts/walk-options.ts";
import { parseDuration } from "../../model/duration.ts";

const before = z
  .array(requestStep)
  .max(5)
  .default([])
  .describe("What a browser asks before: the page with the form, whose anti-forgery token it keeps.");

const signIn = z.strictObject({
  before,
  step: requestStep.describe(
    "Signs somebody in: {{login}} stands for who, {{password}} for the password. Unless it answers 2xx or 3xx, or as expected, nobody was signed in.",
  ),
  login: z.string().min(1).describe('Who the account is: "ada-{{random}}@probe.invalid".'),
  password: z.string().min(1).describe("The password that `account` gave it."),
});

const lifetime = z
  .templateLiteral([z.number(), z.enum(["m", "h", "d", "w"])], {
    error: 'expected a duration such as "30m" or "14d"',
  })
  .refine((text) => (parseDuration(text) ?? 0) >= 60_000, "expected at least 1m");

const ends = z.strictObject({
  after: lifetime.describe(
    "How long a session lasts, counted from the sign-in or, where use renews it, from the last use.",
  ),
  aged: z
    .string()
    .min(1)
    .describe(
      "Shell line, run in the project with the environment's variables, that puts everything the server keeps of a session GONOGO_SECONDS into the past. GONOGO_COOKIES holds its cookies and GONOGO_KEPT what was kept, both JSON. With `token` it prints a token as it was handed out GONOGO_SECONDS ago on its last line instead.",
    ),
  token: z
    .string()
    .regex(/^[a-zA-Z][\w-]*$/, 'expected a word such as "token"')
    .optional()
    .describe("The name under which `account` keeps the token, where no cookie is the session."),
});

export const sessionOption = z.strictObject({
  opens: z
    .array(requestStep)
    .min(1)
    .max(5)
    .describe("What answers 2xx to the account, and to nobody who is not signed in. Harmless requests."),
  signOut: z
    .array(requestStep)
    .min(1)
    .max(5)
    .optional()
    .describe("Signs the account out. Without `signIn` the account of the probe stays behind."),
  ends: ends.optional().describe("When a session is over by itself, and how one is made that old."),
  signIn: signIn.optional().describe("How a known account signs in."),
  reset: requestStep
    .optional()
    .describe(
      "Asks for a new password: {{login}} stands for who. It may send mail to an account of a probe.",
    ),
  defaults: z
    .array(z.strictObject({ login: z.string().min(1), password: z.string().min(1) }))
    .max(10)
    .default([])
    .describe("Accounts of seeds and demonstrations that must not sign in, besides those everybody tries."),
});

/** The sign-up, for what it must refuse. */
export const signUpOption = z.strictObject({
  before,
  step: requestStep.describe(
    "Signs somebody up: {{login}} stands for who, {{password}} for the password. Unless it answers 2xx or 3xx, or as expected, the sign-up was refused.",
  ),
  login: z.string().min(1).default("probe-{{random}}@probe.invalid").describe("Whom a probe signs up."),
  leave: z.array(requestStep).max(5).default([]).describe("Takes whoever was signed up away again."),
  shortest: z.int().min(6).max(64).default(8).describe("Characters that a password has at least."),
});

export type SessionOptions = z.output<typeof sessionOption>;
export type SignIn = NonNullable<SessionOptions["signIn"]>;
