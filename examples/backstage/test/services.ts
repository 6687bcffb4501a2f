import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { Redis } from "ioredis";
import pg from "pg";
import { migrate } from "../scripts/migrate.ts";
import { type Database, openDatabase } from "../src/database.ts";
import { answers, end, freePort } from "./child-server.ts";
import { run, startPostgres } from "./postgres-server.ts";

export interface TestDatabase extends AsyncDisposable {
  /** The application's own role. */
  readonly url: string;
  readonly database: Database;
  /** Rows of SQL as the superuser, past row-level security. */
  admin(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

/** A real Postgres: that of TEST_DATABASE_URL (a superuser's), or one of our own. Migrated, two roles. */
export async function startDatabase(): Promise<TestDatabase> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? undefined : await startPostgres();
  const adminUrl = new URL(given ?? server?.url ?? "");
  const name = `backstage_test_${process.pid}_${Date.now()}`;
  await run(adminUrl.href, [
    `create role ${name}_owner login password 'test'`,
    `create role ${name}_app login password 'test'`,
    `create database ${name} owner ${name}_owner`,
  ]);
  const as = (role: string) => {
    const url = new URL(adminUrl);
    [url.username, url.password, url.pathname] = [`${name}_${role}`, "test", name];
    return url.href;
  };
  await migrate({ ownerUrl: as("owner"), appRole: `${name}_app`, say: () => undefined });
  const url = as("app");
  const database = openDatabase({ url, poolMax: 20, name: "test", onIdleError: () => undefined });
  const inside = new URL(adminUrl);
  inside.pathname = name;
  const pool = new pg.Pool({ connectionString: inside.href, max: 2 });
  // `pool.end` resolves before its connections are closed; the server's last word to them is nobody's error.
  const ignore = () => undefined;
  pool.on("error", ignore).on("connect", (client) => client.on("error", ignore));
  return {
    url,
    database,
    admin: async (sql, values) =>
      (await pool.query(sql, values as unknown[])).rows as Record<string, unknown>[],
    async [Symbol.asyncDispose]() {
      await database.close();
      await pool.end();
      // A server of our own takes everything with it; a connection that is still closing may hold on to the rest.
      if (server) await server.stop();
      else await run(adminUrl.href, dropped(name));
    },
  };
}

function dropped(name: string): string[] {
  return [`drop database ${name} with (force)`, `drop role ${name}_app`, `drop role ${name}_owner`];
}

export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  readonly redis: Redis;
}

/** A real Redis of our own: its database is emptied by nobody else. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const child = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", tmpdir()],
    {
      stdio: "ignore",
    },
  );
  const url = `redis://127.0.0.1:${port}`;
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: 2 });
  redis.on("error", () => undefined);
  await answers("redis-server", child, () => redis.ping());
  return {
    url,
    redis,
    async [Symbol.asyncDispose]() {
      redis.disconnect();
      await end(child, "SIGTERM");
    },
  };
}
