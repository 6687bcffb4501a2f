import { readdir } from "node:fs/promises";
import { openDatabase } from "../database.ts";
import { reasonOf } from "../log.ts";
import { readSettings } from "../settings.ts";

/** Ends with 1 when a migration of this release has not been applied. */
const { databaseUrl: url } = readSettings();
const database = openDatabase({ url, poolMax: 1, name: "probe", onIdleError: () => undefined });
try {
  const rows = await database.asPerson("", (query) =>
    query<{ name: string }>("select name from schema_migrations"),
  );
  const applied = new Set(rows.map(({ name }) => name));
  const names = (await readdir(new URL("../../migrations/", import.meta.url))).filter((name) =>
    /^\d/.test(name),
  );
  const missing = names.filter((name) => !applied.has(name));
  if (missing.length > 0) throw new Error(`not applied: ${missing.join(", ")}`);
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
} finally {
  await database.close();
}
