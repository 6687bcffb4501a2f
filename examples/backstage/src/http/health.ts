import type { Redis } from "ioredis";
import type { Database } from "../database.ts";
import { type Log, reasonOf } from "../log.ts";
import { json } from "./answer.ts";
import type { Route } from "./route.ts";

/** `/health` says that this process answers; `/ready` says whether what it relies on answers too. */
export function healthRoutes(world: {
  database: Database;
  redis: Redis;
  release: string;
  log: Log;
  isStopping(): boolean;
}): Route[] {
  const { database, redis, release, log, isStopping } = world;

  const isUp = async (name: string, ask: Promise<unknown>): Promise<boolean> => {
    try {
      await Promise.race([
        ask,
        new Promise((_, reject) => setTimeout(reject, 2_000, new Error("no answer in 2 s")).unref()),
      ]);
      return true;
    } catch (thrown) {
      log.warn("not ready", { on: name, reason: reasonOf(thrown) });
      return false;
    }
  };

  return [
    {
      method: "GET",
      path: "/health",
      access: "public",
      handle: () => json(isStopping() ? 503 : 200, { status: isStopping() ? "stopping" : "ok", release }),
    },
    {
      method: "GET",
      path: "/ready",
      access: "public",
      async handle() {
        const [databaseUp, redisUp] = await Promise.all([
          isUp("database", database.ping()),
          isUp("redis", redis.ping()),
        ]);
        const ready = databaseUp && redisUp && !isStopping();
        return json(ready ? 200 : 503, {
          status: ready ? "ready" : "not ready",
          database: databaseUp ? "up" : "down",
          redis: redisUp ? "up" : "down",
          release,
        });
      },
    },
  ];
}
