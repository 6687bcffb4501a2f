import type { DatabaseContents, TableContents } from "../../model/backup.ts";
import { type DumpedTable, quotedTable } from "./contents.ts";

// The rows of a large table go past pg_dump and pg_restore: COPY alone reads and writes them, in the words that those
// two would use. One program less touches every byte, and a table that is emptied in the transaction that fills it can
// be written without a log and with its rows marked as seen by all, which pg_restore does only for archives on disk.

const QUIET = ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1"];
/** Its errors tell no row: a row is nobody's business. */
const TERSE = "--set=VERBOSITY=terse";

/** Values read and written alike, whatever a server or a role is set to; for one transaction. */
const SAME_VALUES = [
  "set local search_path = ''",
  "set local datestyle = 'ISO'",
  "set local intervalstyle = 'postgres'",
  "set local extra_float_digits = 3",
  "set local bytea_output = 'hex'",
  "set local xmloption = 'content'",
  "set local row_security = off",
  "set local synchronize_seqscans = off",
].join("; ");
const OWN_ENCODING =
  "do $$ begin perform pg_catalog.set_config('client_encoding', pg_catalog.getdatabaseencoding(), true); end $$";

const statements = (...texts: readonly string[]): string[] => texts.map((text) => `--command=${text}`);
const listed = (columns: readonly string[]): string =>
  columns.length === 0 ? "" : ` (${columns.join(", ")})`;

/** Of psql: writes the rows of one table, as a snapshot sees them. */
export function copyOut(
  table: Pick<DumpedTable, "schema" | "table" | "columns">,
  snapshot: string,
): string[] {
  return [
    ...QUIET,
    TERSE,
    ...statements(
      "begin transaction isolation level repeatable read, read only",
      `set transaction snapshot '${snapshot}'`,
      SAME_VALUES,
      OWN_ENCODING,
      `copy ${quotedTable(table)}${listed(table.columns)} to stdout`,
    ),
  ];
}

/** Keeps the rows; lies in the file only when all of them came. */
export const ALL_CAME = "commit;\n";
export const SOME_LACK = "do $$ begin raise exception 'its rows ended too early'; end $$;\n";

/** Of psql: empties a table and fills it with what it is given, then does what `end` says. */
export function copyIn(
  { name, columns = [] }: Pick<TableContents, "name" | "columns">,
  { encoding, end }: Pick<DatabaseContents, "encoding"> & { readonly end: string },
): string[] {
  return [
    ...QUIET,
    TERSE,
    ...statements(
      "begin",
      SAME_VALUES,
      `set local client_encoding = '${encoding.replaceAll("'", "''")}'`,
      `truncate table only ${name}`,
      `copy ${name}${listed(columns)} from stdin with (freeze)`,
    ),
    `--file=${end}`,
  ];
}
