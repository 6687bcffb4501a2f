import type { Server } from "node:http";
import { createStandInChat } from "./chat.ts";
import { createStandInLive } from "./live.ts";
import { createStandInPayments } from "./payments.ts";
import { createStandInPost } from "./post.ts";
import { createStandInVideo } from "./video.ts";

/** Starts the stand-in that the only argument names. */
const STARTS: Readonly<Record<string, () => Server>> = {
  live: () =>
    createStandInLive({
      url: variable("LIVEKIT_HOST").replace(/^ws/, "http"),
      key: variable("LIVEKIT_API_KEY"),
      secret: variable("LIVEKIT_API_SECRET"),
    }),
  video: () =>
    createStandInVideo({
      url: variable("MUX_API_URL"),
      tokenId: variable("MUX_TOKEN_ID"),
      tokenSecret: variable("MUX_TOKEN_SECRET"),
    }),
  chat: () =>
    createStandInChat({
      url: variable("GETSTREAM_API_URL"),
      key: variable("GETSTREAM_API_KEY"),
      secret: variable("GETSTREAM_API_SECRET"),
    }),
  post: () => createStandInPost({ url: variable("SENDGRID_API_URL"), key: variable("SENDGRID_API_KEY") }),
  payments: () =>
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
const server = start();
const port = Number(variable("PORT"));
server.listen(port, "127.0.0.1", () => process.stdout.write(`stand-in ${name} on port ${port}\n`));
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
