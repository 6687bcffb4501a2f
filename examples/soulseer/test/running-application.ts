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
import { createStandInIssuer } from "../stand-ins/issuer.ts";
import { openSigningKey } from "../stand-ins/signing-key.ts";
import { freePort } from "./child-server.ts";
import { startDatabase, startRedis, type TestDatabase } from "./services.ts";

const WEBHOOK_SECRET = "whsec_test";
const CLIENT_SECRET = "client-secret";

export interface Running extends AsyncDisposable {
  readonly url: string;
  readonly issuerUrl: string;
  readonly world: TestDatabase;
  readonly application: Application;
  /** Everything it logged, one JSON object a line. */
  readonly lines: readonly string[];
  /** An access token with these claims over the usual ones. */
  token(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** A delivery signed as Stripe does, so many seconds ago. */
  deliver(event: unknown, options?: { ageSeconds?: number; secret?: string }): Promise<Response>;
}

/** The whole application with real neighbours: Postgres, Redis, and the stand-in issuer. */
export async function startApplication(): Promise<Running> {
  const directory = await mkdtemp(path.join(tmpdir(), "soulseer-test-"));
  const [world, cache] = await Promise.all([
    startDatabase(),
    startRedis(),
    build(path.join(directory, "site"), Date.now()),
  ]);
  const key = await openSigningKey(directory);
  const issuerPort = await freePort();
  const issuerUrl = `http://127.0.0.1:${issuerPort}`;
  const options = {
    issuer: issuerUrl,
    audience: "https://api.test",
    clientId: "soulseer",
    clientSecret: CLIENT_SECRET,
    key,
  };
  const issuerServer = createStandInIssuer(options);
  await listen(issuerServer, issuerPort);
  const lines: string[] = [];
  const settings = readSettings({
    PUBLIC_URL: "https://soulseer.test",
    ALLOWED_HOSTS: "soulseer.test,127.0.0.1",
    ALLOWED_ORIGINS: "https://app.soulseer.test",
    ALLOW_PROBES: "true",
    DATABASE_URL: world.url,
    REDIS_URL: cache.url,
    OIDC_ISSUER: issuerUrl,
    OIDC_AUDIENCE: options.audience,
    OIDC_CLIENT_ID: options.clientId,
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
    STRIPE_SECRET_KEY: "sk_test_x",
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    RTC_APP_ID: "0".repeat(32),
    RTC_APP_CERTIFICATE: "1".repeat(32),
    SESSION_SECRET: "s".repeat(43),
  });
  const log = createLog("test", "debug", (line) => lines.push(line));
  const application = await openApplication(settings, log, path.join(directory, "site"));
  const url = await listen(application.server);
  return {
    url,
    issuerUrl,
    world,
    application,
    lines,
    async token(claims) {
      const response = await fetch(`${issuerUrl}/stand-in/sign`, {
        method: "POST",
        headers: { authorization: `Bearer ${CLIENT_SECRET}` },
        body: JSON.stringify(claims),
      });
      return ((await response.json()) as { token: string }).token;
    },
    deliver(event, { ageSeconds = 0, secret = WEBHOOK_SECRET } = {}) {
      const body = typeof event === "string" ? event : JSON.stringify(event);
      const at = Math.floor(Date.now() / 1_000) - ageSeconds;
      const hash = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
      return fetch(`${url}/stripe/webhook/`, {
        method: "POST",
        headers: { "stripe-signature": `t=${at},v1=${hash}`, "content-type": "application/json" },
        body,
      });
    },
    async [Symbol.asyncDispose]() {
      if (application.server.listening) await application.stop();
      issuerServer.closeAllConnections();
      issuerServer.close();
      await Promise.all([world[Symbol.asyncDispose](), cache[Symbol.asyncDispose]()]);
      await rm(directory, { recursive: true });
    },
  };
}

async function listen(server: Server, port = 0): Promise<string> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
