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
import { createLog, reasonOf } from "./log.ts";
import { brokenRoute } from "./probe/broken-route.ts";
import { createQueue } from "./queue/queue.ts";
import { readerRoutes } from "./readers/routes.ts";
import { openBlockingRedis, openRedis } from "./redis.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import { readSettings, type Settings } from "./settings.ts";
import { walletRoutes } from "./wallet/routes.ts";
import { stripeWebhookRoute } from "./wallet/stripe-webhook.ts";

const SITE = fileURLToPath(new URL("../dist/site/", import.meta.url));
/** The edge stops sending before it tells us to stop; what is in flight then gets this long. */
const FINISH_MS = 25_000;

async function serve(settings: Settings): Promise<void> {
  const log = createLog("web", settings.logLevel);
  const onIdleError = (error: Error) => log.warn("idle connection lost", { reason: reasonOf(error) });
  const database = openDatabase({
    url: settings.databaseUrl,
    poolMax: settings.databasePoolMax,
    name: "web",
    onIdleError,
  });
  const redis = openRedis(settings.redisUrl, onIdleError);
  const subscriber = openBlockingRedis(settings.redisUrl, onIdleError);
  const issuer = createIssuer(settings.oidc);
  const sessions = createBrowserSessions(redis, settings.sessionSecret);
  const { rolesClaim } = settings.oidc;
  const publish = createPublish(redis);
  const queue = createQueue(redis);
  let stopping = false;

  const identify = createIdentify({ database, issuer, sessions, rolesClaim, rules: settings, log });
  const router = createRouter([
    ...healthRoutes({ database, redis, release: settings.release, log, isStopping: () => stopping }),
    ...accountRoutes({ database, issuer, sessions, rolesClaim, log }),
    ...readerRoutes({ database, publish }),
    ...walletRoutes({ database }),
    ...sessionRoutes({ database, queue, publish, rtc: settings.rtc }),
    ...(settings.allowProbes ? [brokenRoute] : []),
    stripeWebhookRoute({ database, webhookSecret: settings.stripe.webhookSecret, publish, log }),
  ]);
  const server = createListener({
    router,
    files: await loadStaticFiles(SITE),
    identify,
    rateLimit: createRateLimit(redis, log),
    rules: settings,
    log,
  });
  const live = openLiveSockets({ server, identify, subscriber, rules: settings, log });

  server.listen(settings.port, "127.0.0.1", () => {
    log.info("listening", {
      port: settings.port,
      release: settings.release,
      ms: Math.round(performance.now()),
    });
  });

  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info("stopping", { signal, sockets: live.count() });
    live.close();
    setTimeout(() => process.exit(1), FINISH_MS).unref();
    server.close(() => {
      redis.disconnect();
      subscriber.disconnect();
      void database.close().then(() => log.info("stopped"));
    });
    server.closeIdleConnections();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

try {
  await serve(readSettings());
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exit(1);
}
