import { z } from "zod";
import { requestStep, stepsOption } from "../../facts/walk-options.ts";
import { rolesOption } from "./role-options.ts";
import { sessionOption, signUpOption } from "./session-options.ts";

const requests = z.array(requestStep).max(20);

export const attackOptions = z.strictObject({
  account: stepsOption.describe(
    "Makes an account and signs in; taken twice, by an owner and a stranger. {{random}} tells them apart.",
  ),
  leave: z.array(requestStep).max(5).default([]).describe("Takes such an account away again."),
  inputs: requests
    .default([])
    .describe(
      'Requests whose {{probe}} takes what an attacker types: a search, a name, an id. One that refuses a plain word says so: expect: { status: 404, text: "no such note" }.',
    ),
  changes: requests
    .default([])
    .describe("Requests of the owner that change something; another site asks for them."),
  object: z
    .strictObject({
      made: requestStep.describe("The owner makes it, and keeps its id."),
      reached: requests.min(1).describe("What a stranger tries with it: read, change, delete."),
      kept: requestStep.describe("The owner finds it unchanged."),
    })
    .optional()
    .describe("Something that is one person's only."),
  redirects: requests
    .default([])
    .describe("Requests that are told where to lead by {{probe}}, such as a sign-in with next={{probe}}."),
  bypass: z
    .array(z.string().regex(/^\/(?!\/)\S*$/, "a path"))
    .max(5)
    .default([])
    .describe("Paths that answer only whoever is signed in."),
  session: sessionOption.optional().describe("How the account signs in and out, and what that opens."),
  signUp: signUpOption.optional().describe("The sign-up, and how short a password it takes."),
  roles: rolesOption.optional().describe("Who may reach what, role by role and route by route."),
});

export type AttackOptions = z.output<typeof attackOptions>;
