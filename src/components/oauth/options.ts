import { z } from "zod";
import { PROVIDER_NAMES } from "./providers.ts";

const path = z
  .string()
  .regex(/^\/(?!\/)\S*:provider\S*$/, 'expected a path with :provider such as "/sign-in/:provider"');

export const oauthOptions = z.strictObject({
  providers: z.array(z.enum(PROVIDER_NAMES)).min(1).describe("Who signs people in besides ourselves."),
  start: path.describe("Path that sends people to the provider; :provider stands for its name."),
  callback: path.describe("Path the provider sends people back to."),
  session: z
    .string()
    .min(1)
    .describe("Name of the cookie that a successful sign-in sets: a forged one must not."),
  publicUrlVariable: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable")
    .default("PUBLIC_URL")
    .describe("The variable with the address people know; without a value the environment's own is taken."),
  standIn: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Shell line of a stand-in for the providers on this machine, used outside production when no clients are given. It listens on PORT, finds its clients in PROVIDER_CLIENT_ID and PROVIDER_CLIENT_SECRET and its addresses in PROVIDER_OAUTH_URL, and serves /authorize and /token below each.",
    ),
});

export type OauthOptions = z.output<typeof oauthOptions>;
