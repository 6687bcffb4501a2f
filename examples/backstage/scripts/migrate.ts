import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";

/** One name for the advisory lock of everybody who migrates this database. */
const LOCK = 4_402_918_377;
const DIRECTORY = fileURLToPath(new URL("../migrations/", import.meta.url));

/**
 * Applies what `migrations/` has and `schema_migrations` has not, in order, each in a transaction of its own.
 * Two runners wait for each other; a table somebody holds locked ends the run instead of queueing its readers.
 */
export async function migrate(options: {
  ownerUrl: string;
  appRole: string;
  say(line: string): void;
}): Promise<string[]> {
  const client = new pg.Client({
    connectionString: options.ownerUrl,
    application_name: "backstage migrate",
  });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query("set lock_timeout = '5s'");
    await client.query("set statement_timeout = '5min'");
    await client.query(`create table if not exists schema_migrations (
      name text primary key, digest text not null, applied_at timestamptz not null default now())`);
    const known = await appliedDigests(client);
    const applied: string[] = [];
    for (const name of await migrationNames()) {
      const text = await readFile(DIRECTORY + name, "utf8");
      const digest = createHash("sha256").update(text).digest("hex");
      const before = known.get(name);
      if (before === digest) continue;
      if (before !== undefined)
        throw new Error(`${name} was changed after it was applied; add a new file instead`);
      const started = performance.now();
      await inTransaction(client, async () => {
        await client.query(text);
        await client.query("insert into schema_migrations (name, digest) values ($1, $2)", [name, digest]);
      });
      options.say(`applied ${name} in ${Math.round(performance.now() - started)} ms`);
      applied.push(name);
    }
    // Where one role does both, it owns everything already.
    if (options.appRole !== userOf(options.ownerUrl)) await grant(client, options.appRole);
    return applied;
  } finally {
    await client.end();
  }
}

async function migrationNames(): Promise<string[]> {
  return (await readdir(DIRECTORY)).filter((name) => /^\d{3}_.*\.sql$/.test(name)).sort();
}

async function appliedDigests(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; digest: string }>(
    "select name, digest from schema_migrations",
  );
  return new Map(rows.map((row) => [row.name, row.digest]));
}

async function grant(client: pg.Client, appRole: string): Promise<void> {
  const text = await readFile(`${DIRECTORY}grants.sql`, "utf8");
  await inTransaction(client, async () => {
    await client.query("select set_config('migrate.app_role', $1, true)", [appRole]);
    await client.query(text);
  });
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (thrown) {
    await client.query("rollback");
    throw thrown;
  }
}

if (import.meta.main) {
  const appUrl = process.env.DATABASE_URL;
  if (!appUrl) throw new Error("DATABASE_URL is not set");
  const ownerUrl = process.env.MIGRATION_DATABASE_URL || appUrl;
  const appRole = userOf(appUrl);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const applied = await migrate({ ownerUrl, appRole, say });
    if (applied.length === 0) say("nothing to apply");
  } catch (thrown) {
    process.stderr.write(`migration failed: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exitCode = 1;
  }
}

function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
