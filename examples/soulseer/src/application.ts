import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { createBrowserSessions } from "./accounts/browser-sessions.ts";
import { createIdentify } from "./accounts/identify.ts";
import { createIssuer } from "./accounts/issuer.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { openDatabase } from "./database.ts";
import { healthRoutes } from "./http/health.ts";
import { createListener } from "./http/listener.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createRouter } from "./http/route.ts";
import { loadStaticFiles } from "./http/static-files.ts";
import { createPublish } from "./live/publish.ts";
import { openLiveSockets } from "./live/sockets.ts";
import { type Log, reasonOf } from "./log.ts";
import { brokenRoute } from "./probe/broken-route.ts";
import { createQueue } from "./queue/queue.ts";
import { readerRoutes } from "./readers/routes.ts";
import { openBlockingRedis, openRedis } from "./redis.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import type { Settings } from "./settings.ts";
import { createCheckout } from "./wallet/checkout.ts";
import { walletRoutes } from "./wallet/routes.ts";
import { stripeWebhookRoute } from "./wallet/stripe-webhook.ts";

/** What `npm run build` made. */
const SITE = fileURLToPath(new URL("../dist/site/", import.meta.url));

export interface Application {
  /** Not listening yet. */
  readonly server: Server;
  /** Takes nothing new, finishes what is in flight, then lets go of everything. */
  stop(): Promise<void>;
}

export async function openApplication(settings: Settings, log: Log, site = SITE): Promise<Application> {
  const onIdleError = (error: Error) => log.warn("idle connection lost", { reason: reasonOf(error) });
  const { databaseUrl: url, databasePoolMax: poolMax, redisUrl, oidc } = settings;
  const database = openDatabase({ url, poolMax, name: "web", onIdleError });
  const redis = openRedis(redisUrl, onIdleError);
  const subscriber = openBlockingRedis(redisUrl, onIdleError);
  const issuer = createIssuer(oidc);
  const sessions = createBrowserSessions(redis, settings.sessionSecret);
  const { rolesClaim } = oidc;
  const publish = createPublish(redis);
  let stopping = false;
  const isStopping = () => stopping;

  const identify = createIdentify({ database, issuer, sessions, rolesClaim, rules: settings, log });
  const router = createRouter([
    ...healthRoutes({ database, redis, release: settings.release, log, isStopping }),
    ...accountRoutes({ database, issuer, sessions, rolesClaim, log }),
    ...readerRoutes({ database, publish }),
    ...walletRoutes({ database, openCheckout: createCheckout(settings.stripe, log) }),
    ...sessionRoutes({ database, queue: createQueue(redis), publish, rtc: settings.rtc }),
    ...(settings.allowProbes ? [brokenRoute] : []),
    stripeWebhookRoute({ database, webhookSecret: settings.stripe.webhookSecret, publish, log }),
  ]);
  const files = await loadStaticFiles(site);
  const rateLimit = createRateLimit(redis, log);
  const server = createListener({ router, files, identify, rateLimit, rules: settings, log, isStopping });
  const live = openLiveSockets({ server, identify, subscriber, rules: settings, log });

  return {
    server,
    async stop() {
      stopping = true;
      live.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      redis.disconnect();
      subscriber.disconnect();
      await database.close();
    },
  };
}
