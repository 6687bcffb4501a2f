import { z } from "zod";
import { requestStep, stepsOption } from "../../facts/walk-options.ts";

const path = z.string().regex(/^\/(?!\/)\S*$/, 'expected a path such as "/privacy"');
const question = z.string().min(1);

export const legalOptions = z.strictObject({
  company: z.string().min(1).describe("Who answers for it, as every legal page names them."),
  contact: z
    .string()
    .regex(/^\S+@\S+\.\S+$/, "expected an e-mail address")
    .describe("Where people write about their data; the privacy page names it."),
  pages: z
    .strictObject({
      privacy: path.default("/privacy"),
      terms: path.default("/terms"),
      imprint: path.optional(),
    })
    .prefault({}),
  linkedFrom: path.default("/").describe("The page whose links lead to them."),
  processors: z
    .array(z.string().min(1))
    .default([])
    .describe("Who else receives people's data, besides the services that are declared here anyway."),
  consent: z
    .strictObject({
      pages: z.array(path).min(1).default(["/"]),
      cookies: z.array(z.string().min(1)).default([]).describe("Cookies that need no consent."),
    })
    .prefault({})
    .describe("What a first visit may do before anybody agreed to anything."),
  ownData: z
    .strictObject({
      account: stepsOption.describe("Makes an account with data of its own; keeps its id as person."),
      export: requestStep.describe("Hands everything out, and says by expect what must be in it."),
      remove: requestStep.describe("Deletes the account."),
      gone: z.array(requestStep).min(1).describe("What no longer works afterwards: the session, the login."),
      residue: question
        .optional()
        .describe("SQL whose one row and column counts what is left of the person $1."),
    })
    .optional()
    .describe("Export and deletion, tried with an account made for it."),
  retention: z
    .record(z.string().min(1), question)
    .default({})
    .describe("What is kept no longer than the privacy page says: SQL that returns what is older."),
  databaseVariable: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable")
    .default("DATABASE_URL")
    .describe("The database that is asked."),
});

export type LegalOptions = z.output<typeof legalOptions>;
