import type { Server } from "node:http";
import { accountRoutes } from "./accounts/routes.ts";
import { createTokens } from "./accounts/tokens.ts";
import { clipRoutes } from "./clips/routes.ts";
import { createClipStorage } from "./clips/storage.ts";
import { openDatabase } from "./database.ts";
import { createTellError } from "./errors.ts";
import { healthRoutes } from "./http/health.ts";
import { createListener } from "./http/listener.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createRouter } from "./http/route.ts";
import { openLiveSockets } from "./live/sockets.ts";
import { type Log, reasonOf } from "./log.ts";
import { pollRoutes } from "./polls/routes.ts";
import { brokenRoute } from "./probe/broken-route.ts";
import { createQuotas } from "./quotas/quota.ts";
import { roomRoutes } from "./rooms/routes.ts";
import type { Settings } from "./settings.ts";
import { createCheckout } from "./subscription/checkout.ts";
import { subscriptionRoutes } from "./subscription/routes.ts";
import { stripeWebhookRoute } from "./subscription/stripe-webhook.ts";

export interface Application {
  /** Not listening yet. */
  readonly server: Server;
  /** Takes nothing new, finishes what is in flight, then lets go of everything. */
  stop(): Promise<void>;
}

export async function openApplication(settings: Settings, log: Log): Promise<Application> {
  const onIdleError = (error: Error) => log.warn("idle connection lost", { reason: reasonOf(error) });
  const { databaseUrl: url, databasePoolMax: poolMax, release } = settings;
  const database = openDatabase({ url, poolMax, name: "web", onIdleError });
  const tokens = createTokens(settings.jwtSecret);
  const quotas = createQuotas(database);
  const storage = createClipStorage(settings);
  let stopping = false;
  const isStopping = () => stopping;

  const router = createRouter([
    ...healthRoutes({ database, release, log, isStopping }),
    ...accountRoutes({ database, tokens, quotas, storage }),
    ...roomRoutes(database),
    ...pollRoutes(database),
    ...clipRoutes({ database, storage }),
    ...subscriptionRoutes({ database, openCheckout: createCheckout(settings, log) }),
    stripeWebhookRoute({ database, webhookSecret: settings.stripe.webhookSecret, log }),
    ...(settings.allowProbes ? [brokenRoute] : []),
  ]);
  const rateLimit = createRateLimit(database, log);
  const tellError = createTellError(settings, log);
  const server = createListener({
    router,
    tokens,
    quotas,
    rateLimit,
    rules: settings,
    log,
    tellError,
    isStopping,
  });
  const live = await openLiveSockets({ server, tokens, database, rules: settings, log });

  return {
    server,
    async stop() {
      stopping = true;
      await live.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await database.close();
    },
  };
}
