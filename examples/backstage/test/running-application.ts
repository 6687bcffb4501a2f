import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "../scripts/build.ts";
import { type Application, openApplication } from "../src/application.ts";
import { createLog } from "../src/log.ts";
import { readSettings } from "../src/settings.ts";
import { createStandInVideo } from "../stand-ins/video.ts";
import { freePort } from "./child-server.ts";
import { startDatabase, startRedis, type TestDatabase } from "./services.ts";

const WEBHOOK_SECRET = "whsec_test";

export interface Running extends AsyncDisposable {
  readonly url: string;
  readonly world: TestDatabase;
  readonly application: Application;
  /** Everything it logged, one JSON object a line. */
  readonly lines: readonly string[];
  readonly cacheUrl: string;
  /** A delivery signed as Stripe does, so many seconds ago. */
  deliver(event: unknown, ageSeconds?: number): Promise<Response>;
}

/** The whole application with real neighbours: Postgres, Redis, and stand-ins for what is outside. */
export async function startApplication(): Promise<Running> {
  const directory = await mkdtemp(path.join(tmpdir(), "backstage-test-"));
  const [world, cache, port, videoPort] = await Promise.all([
    startDatabase(),
    startRedis(),
    freePort(),
    freePort(),
    build(path.join(directory, "site"), Date.now()),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const video = {
    url: `http://127.0.0.1:${videoPort}`,
    tokenId: "01234567-89ab-4cde-8f01-23456789abcd",
    tokenSecret: "video-canary",
  };
  const standIns = [createStandInVideo(video)];
  await listen(standIns[0] as Server, videoPort);
  const lines: string[] = [];
  const settings = readSettings({
    BASE_URL: url,
    ALLOWED_HOSTS: "backstage.test,127.0.0.1",
    ALLOW_PROBES: "true",
    DATABASE_URL: world.url,
    REDIS_URL: cache.url,
    LIVEKIT_HOST: "wss://live.test",
    LIVEKIT_API_KEY: "APIcanary",
    LIVEKIT_API_SECRET: "live-canary".repeat(4),
    MUX_TOKEN_ID: video.tokenId,
    MUX_TOKEN_SECRET: video.tokenSecret,
    MUX_API_URL: video.url,
    GETSTREAM_API_KEY: "chatcanary",
    GETSTREAM_API_SECRET: "chat-canary".repeat(4),
    SENDGRID_API_KEY: "SG.canary",
    STRIPE_SECRET_KEY: "sk_test_canary",
    STRIPE_PUBLISHABLE_KEY: "pk_test_x",
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  });
  const log = createLog("test", "debug", (line) => lines.push(line));
  const application = await openApplication(settings, log, path.join(directory, "site"));
  await listen(application.server, port);
  return {
    url,
    world,
    application,
    lines,
    cacheUrl: cache.url,
    deliver(event, ageSeconds = 0) {
      const body = JSON.stringify(event);
      const at = Math.floor(Date.now() / 1_000) - ageSeconds;
      const hash = createHmac("sha256", WEBHOOK_SECRET).update(`${at}.${body}`).digest("hex");
      return fetch(`${url}/stripe/webhook/`, {
        method: "POST",
        headers: { "stripe-signature": `t=${at},v1=${hash}`, "content-type": "application/json" },
        body,
      });
    },
    async [Symbol.asyncDispose]() {
      if (application.server.listening) await application.stop();
      for (const each of standIns) {
        each.closeAllConnections();
        each.close();
      }
      await Promise.all([world[Symbol.asyncDispose](), cache[Symbol.asyncDispose]()]);
      await rm(directory, { recursive: true });
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
