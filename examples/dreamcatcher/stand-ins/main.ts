import type { Server } from "node:http";
import { createStandInAssistant } from "./assistant.ts";
import { createStandInPayments } from "./payments.ts";
import { createStandInPost } from "./post.ts";
import { createStandInProviders } from "./providers.ts";

/** Starts the stand-in that the only argument names. */
const STARTS: Readonly<Record<string, () => Server>> = {
  assistant: () =>
    createStandInAssistant({ url: variable("OPENAI_BASE_URL"), key: variable("OPENAI_API_KEY") }),
  post: () => createStandInPost({ url: variable("SENDGRID_API_URL"), key: variable("SENDGRID_API_KEY") }),
  payments: () =>
    createStandInPayments({
      url: variable("STRIPE_API_URL"),
      secretKey: variable("STRIPE_SECRET_KEY"),
      webhookSecret: variable("STRIPE_WEBHOOK_SECRET"),
      webhookPath: "/stripe/webhook/",
    }),
  providers: () => {
    const provider = (name: string) => ({
      clientId: variable(`${name.toUpperCase()}_CLIENT_ID`),
      clientSecret: variable(`${name.toUpperCase()}_CLIENT_SECRET`),
      redirectUri: `${variable("PUBLIC_URL")}/sign-in/${name}/callback`,
    });
    const url = new URL(variable("GITHUB_OAUTH_URL")).origin;
    return createStandInProviders(url, {
      github: provider("github"),
      slack: provider("slack"),
      google: provider("google"),
    });
  },
};

// Where the application answers: only that address is registered.
process.loadEnvFile(".env.staging");

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
