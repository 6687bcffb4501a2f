import { readdir, readFile } from "node:fs/promises";
import pg from "pg";

/** One name for the advisory lock of everybody who migrates this database. */
const LOCK = 4_410_882_317;
const DIRECTORY = new URL("../database/", import.meta.url);

/** Applies, as the owner, what `database/` has and the schema has not, each file in a transaction of its own. */
export async function migrate(ownerUrl: string, appRole: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "vocilia migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query("set lock_timeout = '5s'");
    await client.query(`create table if not exists schema_migrations (
      name text primary key, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ name: string }>("select name from schema_migrations");
    const applied = new Set(rows.map(({ name }) => name));
    const fresh = (await readdir(DIRECTORY)).filter((name) => /^\d/.test(name) && !applied.has(name)).sort();
    const inTransaction = async (sql: string, name: string, values: readonly string[]) => {
      await client.query("begin");
      try {
        await client.query(sql, values as string[]);
        await client.query(await readFile(new URL(name, DIRECTORY), "utf8"));
        await client.query("commit");
      } catch (thrown) {
        await client.query("rollback");
        throw thrown;
      }
    };
    for (const name of fresh)
      await inTransaction("insert into schema_migrations (name) values ($1)", name, [name]);
    if (appRole !== new URL(ownerUrl).username)
      await inTransaction("select set_config('migrate.app_role', $1, true)", "grants.sql", [appRole]);
    return fresh;
  } finally {
    await client.end();
  }
}

if (import.meta.main) {
  const { DATABASE_URL: app = "", MIGRATION_DATABASE_URL: owner = app } = process.env;
  try {
    const applied = await migrate(owner, decodeURIComponent(new URL(app).username));
    process.stdout.write(applied.length === 0 ? "nothing to apply\n" : `applied ${applied.join(", ")}\n`);
  } catch (thrown) {
    process.stderr.write(`migration failed: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exitCode = 1;
  }
}
