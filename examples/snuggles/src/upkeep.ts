import { type Database, openDatabase, type Query } from "./database.ts";
import { createLog, reasonOf } from "./log.ts";
import { readSettings } from "./settings.ts";

/** What runs by the clock, by the only argument: each says how many rows it changed. */
const TASKS: Readonly<Record<string, string>> = {
  rooms: `update rooms set is_active = false
    where is_active and last_active_at < now() - interval '24 hours' returning 1`,
  clips: `update clips set status = 'failed', failure = 'it took longer than two hours', finished_at = now()
    where status = 'processing' and started_at < now() - interval '2 hours' returning 1`,
  // A month is part of the key, so a new one begins by itself; what is kept is the year's figures.
  quotas:
    "delete from usage_quotas where month < date_trunc('month', now()) - interval '12 months' returning 1",
  polls: `update polls set archived_at = now()
    where archived_at is null and created_at < now() - interval '90 days' returning 1`,
};

async function run(name: string, database: Database): Promise<number> {
  const sql = TASKS[name];
  if (!sql) throw new Error(`name one of ${Object.keys(TASKS).join(", ")}`);
  return await database.asSystem(async (query: Query) => (await query(sql)).length);
}

const name = process.argv[2] ?? "";
const { databaseUrl: url, logLevel } = readSettings();
const database = openDatabase({ url, poolMax: 1, name: "upkeep", onIdleError: () => undefined });
try {
  createLog("upkeep", logLevel).info("done", { task: name, rows: await run(name, database) });
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
} finally {
  await database.close();
}
