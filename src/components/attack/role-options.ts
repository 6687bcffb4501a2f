import { z } from "zod";
import { requestStep, stepsOption } from "../../facts/walk-options.ts";

/** In `may`: whoever is not signed in. */
export const NOBODY = "nobody";

const roleName = z.string().regex(/^[a-zA-Z][\w-]*$/, 'expected a word such as "admin"');

const role = z
  .strictObject({
    account: stepsOption.optional().describe("Signs one of this role in."),
    token: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Shell line, run in the project with the environment's variables, that prints an access token of this role on its last line; it is sent as a bearer token.",
      ),
    headers: z
      .record(z.string().min(1), z.string())
      .default({})
      .describe('Sent with each of its requests: { authorization: "Bearer {{token}}" }.'),
    leave: z.array(requestStep).max(5).default([]).describe("Takes what was made for it away again."),
  })
  .refine(
    ({ account, token }) => (account === undefined) !== (token === undefined),
    "expected one of account and token: how somebody of this role signs in",
  );

const route = z.strictObject({
  method: requestStep.shape.method,
  path: requestStep.shape.path,
  json: requestStep.shape.json,
  form: requestStep.shape.form,
  may: z
    .array(roleName)
    .min(1)
    .describe('Roles it is open to; "nobody" stands for whoever is not signed in. Everyone else is refused.'),
  status: z
    .array(z.int().min(200).max(499))
    .min(1)
    .optional()
    .describe("What those are answered, where it is not a 2xx."),
});

/** Who reaches what: each declared route is asked by each role and by nobody. */
export const rolesOption = z
  .strictObject({
    who: z
      .record(roleName, role)
      .refine((who) => Object.keys(who).length > 0, "expected at least one role")
      .refine((who) => !(NOBODY in who), `"${NOBODY}" is whoever is not signed in`),
    routes: z.array(route).min(1).max(40),
  })
  .superRefine(({ who, routes }, context) => {
    const issue = (message: string) => context.addIssue({ code: "custom", message });
    const names = [...Object.keys(who), NOBODY];
    for (const { path, may } of routes)
      for (const each of may) if (!names.includes(each)) issue(`${path}: no role is called "${each}"`);
    // A role that is refused everywhere may not be signed in at all.
    for (const name of Object.keys(who))
      if (!routes.some(({ may }) => may.includes(name) && !may.includes(NOBODY)))
        issue(`name a route that "${name}" may reach and nobody may: it shows that the sign-in works`);
  });

export type Roles = z.output<typeof rolesOption>;
export type Role = Roles["who"][string];
export type RoleRoute = Roles["routes"][number];
