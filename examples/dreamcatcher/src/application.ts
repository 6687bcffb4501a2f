import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { openDatabase } from "./database.ts";
import { reflectionRoute } from "./dreams/reflections.ts";
import { dreamRoutes } from "./dreams/routes.ts";
import { healthRoutes } from "./http/health.ts";
import { createListener } from "./http/listener.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createRouter } from "./http/route.ts";
import { loadStaticFiles } from "./http/static-files.ts";
import { createPublish } from "./live/publish.ts";
import { openLiveSockets } from "./live/sockets.ts";
import { liveTokenRoute } from "./live/token.ts";
import { type Log, reasonOf } from "./log.ts";
import { createSendMail } from "./mail.ts";
import { checkoutRoute } from "./money/checkout.ts";
import { stripeWebhookRoute } from "./money/stripe-webhook.ts";
import { outsideRoutes } from "./outside/routes.ts";
import { createBrowserSessions } from "./people/browser-sessions.ts";
import { createIdentify } from "./people/identify.ts";
import { ownDataRoutes } from "./people/own-data.ts";
import { peopleRoutes } from "./people/routes.ts";
import { brokenRoute } from "./probe/broken-route.ts";
import { openBlockingRedis, openRedis } from "./redis.ts";
import type { Settings } from "./settings.ts";

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
  const { databaseUrl: url, databasePoolMax: poolMax, redisUrl, jwtSecret } = settings;
  const database = openDatabase({ url, poolMax, name: "web", onIdleError });
  const redis = openRedis(redisUrl, onIdleError);
  const subscriber = openBlockingRedis(redisUrl, onIdleError);
  const sessions = createBrowserSessions(database);
  const rateLimit = createRateLimit(redis, log);
  let stopping = false;
  const isStopping = () => stopping;

  const router = createRouter([
    ...healthRoutes({ database, redis, release: settings.release, log, isStopping }),
    ...peopleRoutes({ database, sessions, rateLimit, sendMail: createSendMail(settings.mail, log) }),
    ...ownDataRoutes({ database }),
    ...outsideRoutes({ database, redis, sessions, settings, log }),
    ...dreamRoutes({ database, publish: createPublish(redis) }),
    reflectionRoute({ database, assistant: settings.assistant, log }),
    liveTokenRoute(settings),
    checkoutRoute(settings, log),
    stripeWebhookRoute({ database, webhookSecret: settings.stripe.webhookSecret, log }),
    ...(settings.allowProbes ? [brokenRoute] : []),
  ]);
  const files = await loadStaticFiles(site);
  const identify = createIdentify({ sessions, rules: settings });
  const server = createListener({ router, files, identify, rateLimit, rules: settings, log, isStopping });
  const live = openLiveSockets({ server, jwtSecret, subscriber, rules: settings, log });

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
