import { openDatabase } from "../database.ts";
import { reasonOf } from "../log.ts";
import { readSettings } from "../settings.ts";

/** Ends with 1 when a figure is below what was promised: `figure.ts "clip success" 95`. */
const [, , name = "", least = ""] = process.argv;
const { databaseUrl: url } = readSettings();
const database = openDatabase({ url, poolMax: 1, name: "probe", onIdleError: () => undefined });
try {
  const [row] = await database.asPerson("", (query) =>
    query<{ is: string | null }>("select audit_figure($1) as is", [name]),
  );
  if (row?.is == null) throw new Error(`there is no figure "${name}"`);
  if (Number(row.is) < Number(least)) throw new Error(`${name} is ${row.is} %, promised is ${least} %`);
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
} finally {
  await database.close();
}
