import type { Server } from "node:http";
import { createStandInIssuer } from "./issuer.ts";
import { createStandInPayments } from "./payments.ts";
import { openSigningKey } from "./signing-key.ts";

/** Starts the stand-in that the only argument names: `issuer` or `payments`. */
const STARTS: Readonly<Record<string, () => Promise<Server>>> = {
  issuer: async () =>
    createStandInIssuer({
      issuer: variable("OIDC_ISSUER"),
      audience: variable("OIDC_AUDIENCE"),
      clientId: variable("OIDC_CLIENT_ID"),
      clientSecret: variable("OIDC_CLIENT_SECRET"),
      key: await openSigningKey(variable("STATE_DIRECTORY")),
    }),
  payments: async () =>
    createStandInPayments({
      url: variable("STRIPE_API_URL"),
      secretKey: variable("STRIPE_SECRET_KEY"),
      webhookSecret: variable("STRIPE_WEBHOOK_SECRET"),
      webhookPath: "/stripe/webhook/",
    }),
};

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const name = process.argv[2] ?? "";
const start = STARTS[name];
if (!start) throw new Error(`name one of ${Object.keys(STARTS).join(", ")}`);
const server = await start();
const port = Number(variable("PORT"));
server.listen(port, "127.0.0.1", () => process.stdout.write(`stand-in ${name} on port ${port}\n`));
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
