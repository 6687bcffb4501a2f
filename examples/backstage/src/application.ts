import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { openDatabase } from "./database.ts";
import { healthRoutes } from "./http/health.ts";
import { createListener } from "./http/listener.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createRouter } from "./http/route.ts";
import { loadStaticFiles } from "./http/static-files.ts";
import { type Log, reasonOf } from "./log.ts";
import { createSendMail } from "./mail.ts";
import { checkoutRoute } from "./money/checkout.ts";
import { stripeWebhookRoute } from "./money/stripe-webhook.ts";
import { createBrowserSessions } from "./people/browser-sessions.ts";
import { createIdentify } from "./people/identify.ts";
import { ownDataRoutes } from "./people/own-data.ts";
import { peopleRoutes } from "./people/routes.ts";
import { brokenRoute } from "./probe/broken-route.ts";
import { createQueue } from "./queue/queue.ts";
import { openRedis } from "./redis.ts";
import type { Settings } from "./settings.ts";
import { streamRoutes } from "./streams/routes.ts";
import { createOpenVideo } from "./streams/video.ts";

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
  const { databaseUrl: url, databasePoolMax: poolMax, redisUrl } = settings;
  const database = openDatabase({ url, poolMax, name: "web", onIdleError });
  const redis = openRedis(redisUrl, onIdleError);
  const sessions = createBrowserSessions(database);
  const rateLimit = createRateLimit(redis, log);
  let stopping = false;
  const isStopping = () => stopping;

  const router = createRouter([
    ...healthRoutes({ database, redis, release: settings.release, log, isStopping }),
    ...peopleRoutes({ database, sessions, rateLimit, sendMail: createSendMail(settings.mail, log) }),
    ...ownDataRoutes({ database }),
    ...streamRoutes({ database, openVideo: createOpenVideo(settings.video, log), settings }),
    checkoutRoute(database, settings, log),
    stripeWebhookRoute({
      database,
      webhookSecret: settings.stripe.webhookSecret,
      queue: createQueue(redis),
      log,
    }),
    ...(settings.allowProbes ? [brokenRoute] : []),
  ]);
  const files = await loadStaticFiles(site);
  const identify = createIdentify({ sessions, rules: settings });
  const server = createListener({ router, files, identify, rateLimit, rules: settings, log, isStopping });

  return {
    server,
    async stop() {
      stopping = true;
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      redis.disconnect();
      await database.close();
    },
  };
}
