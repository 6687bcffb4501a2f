import type { Server } from "node:http";
import { createStandInErrors } from "./errors.ts";
import { createStandInPayments } from "./payments.ts";
import { createStandInStorage } from "./storage.ts";

/** Starts the stand-in that the only argument names. All listen on loopback only and exist in staging only. */
const STARTS: Readonly<Record<string, () => Server>> = {
  payments: () =>
    createStandInPayments({
      url: variable("STRIPE_API_URL"),
      secretKey: variable("STRIPE_SECRET_KEY"),
      webhookSecret: variable("STRIPE_WEBHOOK_SECRET"),
    }),
  storage: () =>
    createStandInStorage({
      url: variable("STORAGE_ENDPOINT"),
      accessKeyId: variable("STORAGE_ACCESS_KEY_ID"),
      secretAccessKey: variable("STORAGE_SECRET_ACCESS_KEY"),
      directory: variable("STATE_DIRECTORY"),
    }),
  errors: () => createStandInErrors({ dsn: variable("SENTRY_DSN"), token: variable("SENTRY_AUTH_TOKEN") }),
};

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const name = process.argv[2] ?? "";
const start = STARTS[name];
if (!start) throw new Error(`name one of ${Object.keys(STARTS).join(", ")}`);
const server = start();
const port = Number(variable("PORT"));
server.listen(port, "127.0.0.1", () => process.stdout.write(`stand-in ${name} on port ${port}\n`));
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
