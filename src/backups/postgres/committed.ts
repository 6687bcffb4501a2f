import type { OpenPostgresPart } from "../../model/backup.ts";
import type { Doors, SqlSession } from "../../model/doors.ts";
import { UserError } from "../../model/errors.ts";
import { quantity } from "../../model/quantity.ts";
import type { Secret } from "../../model/secret.ts";
import { shownTable } from "./contents.ts";

// A program that was begun may have committed after whoever began it was killed, and before that could be written down.
// It does all in one transaction: what is there tells whether it did.

interface Asked {
  readonly part: Pick<OpenPostgresPart, "contents">;
  readonly url: Secret;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/** Throws UserError when the database has tables. */
export async function expectEmpty({ url, doors, signal }: Omit<Asked, "part">): Promise<void> {
  await using session = await doors.sql.open(url, { signal });
  const tables = await tablesIn(session);
  if (tables.length > 0) throw await notEmpty(session, tables.length);
}

/** Whether a begun program made the tables. Throws UserError when there are others than those of the backup. */
export async function isMade({ part, url, doors, signal }: Asked): Promise<boolean> {
  await using session = await doors.sql.open(url, { signal });
  const found = await tablesIn(session);
  const { tables } = part.contents;
  if (found.length === 0 || tables.length === 0) return false;
  if (tables.every(({ name }) => found.includes(name))) return true;
  throw await notEmpty(session, found.length);
}

/**
 * Whether a begun program filled in the rows of the tables that have no object of their own. Sequences and large objects
 * are set to the same twice.
 */
export async function isFilled({ part, url, doors, signal }: Asked): Promise<boolean> {
  await using session = await doors.sql.open(url, { signal });
  const filled = part.contents.tables.filter(({ object, rows }) => object === undefined && rows > 0);
  for (const { name } of filled) {
    const rows = await session.query(`select 1 from only ${name} limit 1`);
    if (rows.length > 0) return true;
  }
  return false;
}

/** Named as the backup names them. */
async function tablesIn(session: SqlSession): Promise<string[]> {
  const rows = await session.query<{ schema: string; table: string }>(`
    select n.nspname::text as schema, c.relname::text as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'`);
  return rows.map(shownTable);
}

async function notEmpty(session: SqlSession, tables: number): Promise<UserError> {
  const [found] = await session.query<{ name: string }>("select current_database()::text as name");
  return new UserError(`the database ${found?.name} is not empty: it has ${quantity(tables, "table")}`, {
    fix: "restore into a new one, or over the live one with gonogo restore --over",
  });
}
