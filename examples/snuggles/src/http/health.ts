import type { Database } from "../database.ts";
import { type Log, reasonOf } from "../log.ts";
import { json } from "./answer.ts";
import type { Route } from "./route.ts";

const PATIENCE_MS = 2_000;

/** `/api/health`: this process answers. `/api/ready`: what it cannot do without answers too. */
export function healthRoutes(world: {
  database: Database;
  release: string;
  log: Log;
  isStopping(): boolean;
}): Route[] {
  const { database, release, log, isStopping } = world;

  async function isDatabaseUp(): Promise<boolean> {
    try {
      await Promise.race([
        database.ping(),
        new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error("no answer in 2 s")).unref()),
      ]);
      return true;
    } catch (thrown) {
      log.warn("not ready", { on: "database", reason: reasonOf(thrown) });
      return false;
    }
  }

  return [
    {
      method: "GET",
      path: "/api/health",
      access: "public",
      handle: () => json(isStopping() ? 503 : 200, { status: isStopping() ? "stopping" : "ok", release }),
    },
    {
      method: "GET",
      path: "/api/ready",
      access: "public",
      async handle() {
        const databaseUp = await isDatabaseUp();
        const ready = databaseUp && !isStopping();
        const told = { status: ready ? "ready" : "not ready", database: databaseUp ? "up" : "down", release };
        return json(ready ? 200 : 503, told);
      },
    },
  ];
}
