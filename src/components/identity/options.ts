import { z } from "zod";

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable");

export const identityOptions = z.strictObject({
  issuerVariable: variableName
    .default("OIDC_ISSUER")
    .describe("The variable with the issuer's URL, as its tokens say it."),
  audienceVariable: variableName
    .default("OIDC_AUDIENCE")
    .describe("The variable with the audience of access tokens."),
  client: z
    .strictObject({
      idVariable: variableName.default("OIDC_CLIENT_ID"),
      secretVariable: variableName.default("OIDC_CLIENT_SECRET"),
    })
    .or(z.literal(false))
    .prefault({})
    .describe(
      "The variables of the OAuth client that signs people in; false when the application only verifies tokens.",
    ),
  route: z
    .string()
    .regex(/^\/\S*$/, 'expected a path such as "/api/me"')
    .describe("A route that GET answers to whoever is signed in and to nobody else."),
  tokens: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Shell line, run in the project with the environment's variables, that prints an access token the issuer signed. GONOGO_CLAIMS holds a JSON object of claims to change; null takes one away.",
    ),
  standIn: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Shell line of a stand-in issuer for this machine, used outside production when no issuer is named. It listens on PORT and calls itself as the issuer variable says; STATE_DIRECTORY is its own to keep a key in.",
    ),
});

export type IdentityOptions = z.output<typeof identityOptions>;
