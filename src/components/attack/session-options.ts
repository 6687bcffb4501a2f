import { z } from "zod";
import { requestStep } from "../../facts/walk-options.ts";

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

export const sessionOption = z.strictObject({
  opens: z
    .array(requestStep)
    .min(1)
    .max(5)
    .describe("What answers 2xx to the account, and to nobody who is not signed in. Harmless requests."),
  signOut: z.array(requestStep).min(1).max(5).optional().describe("Signs the account out."),
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

export type SessionOptions = z.output<typeof sessionOption>;
export type SignIn = NonNullable<SessionOptions["signIn"]>;
