import { quoteIdentifier } from "../../components/postgres/identifiers.ts";
import type { DatabaseContents, TableContents } from "../../model/backup.ts";
import type { SqlSession } from "../../model/doors.ts";
import { notOfExtension, OWN_SCHEMAS } from "./own-schemas.ts";
import { readRules } from "./rules.ts";

/** A table whose rows a dump holds. */
export interface DumpedTable {
  readonly schema: string;
  readonly table: string;
  readonly oid: number;
  /** With its indexes left out. */
  readonly bytes: number;
  readonly estimatedRows: number;
  /** Columns of its primary key, quoted; empty when it has none. */
  readonly key: readonly string[];
  /** That hold what was put into them, quoted: what is generated is generated anew. */
  readonly columns: readonly string[];
}

/** How a row reads as text must not hang on a setting of the server. */
const SAME_TEXT = `
  set local search_path = '';
  set local row_security = off;
  set local datestyle = 'ISO, YMD';
  set local intervalstyle = 'iso_8601';
  set local timezone = 'UTC';
  set local extra_float_digits = 3;
  set local bytea_output = 'hex';
  set local lc_monetary = 'C';
  set local lock_timeout = '60s';
  set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0`;

export async function readAlike(session: SqlSession): Promise<void> {
  await session.query(SAME_TEXT);
}

export async function listTables(session: SqlSession): Promise<DumpedTable[]> {
  return session.query<DumpedTable>(`
    select n.nspname::text as schema, c.relname::text as table, c.oid as oid,
           pg_catalog.pg_table_size(c.oid)::float8 as bytes, (case when c.reltuples > 0 then c.reltuples else pg_catalog.pg_table_size(c.oid) / 100 end)::float8 as "estimatedRows",
           coalesce((select pg_catalog.json_agg(pg_catalog.quote_ident(a.attname) order by k.position)
             from pg_catalog.pg_index i, pg_catalog.unnest(i.indkey::smallint[]) with ordinality as k(number, position)
             join pg_catalog.pg_attribute a on a.attnum = k.number
             where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid), '[]') as key,
           coalesce((select pg_catalog.json_agg(pg_catalog.quote_ident(a.attname) order by a.attnum) from pg_catalog.pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '[]') as columns
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence <> 't' and ${OWN_SCHEMAS} and ${notOfExtension("pg_catalog.pg_class", "c.oid")}
    order by 1, 2`);
}

/** Always quoted: pg_dump's patterns fold what is not, and so does SQL. */
export function quotedTable({ schema, table }: Pick<DumpedTable, "schema" | "table">): string {
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  return `${quote(schema)}.${quote(table)}`;
}

export function shownTable({ schema, table }: Pick<DumpedTable, "schema" | "table">): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
}

const SAMPLED_ROWS = 20_000;

/** How many rows stand for one that is sampled, so that some 20,000 of any table are. */
export function samplingOf({ estimatedRows, key }: DumpedTable): number {
  return key.length === 0 ? 1 : Math.max(1, Math.ceil(estimatedRows / SAMPLED_ROWS));
}

/**
 * Counts every row and sums the hashes of a sample. Which rows are sampled hangs on their primary key alone, so a
 * restored copy samples the same; a table without a key is hashed whole.
 */
export async function readTable(
  session: SqlSession,
  table: Pick<DumpedTable, "schema" | "table" | "oid" | "key">,
  everyNth: number,
): Promise<TableContents> {
  const [first, ...more] = table.key.map((column) => `t.${column}`);
  const key = more.length === 0 ? `${first}::text` : `row(${[first, ...more].join(", ")})::text`;
  // The server's own hash takes a third of the time of MD5. It says the same on every server: rows lie by it in
  // partitions, which are dumped and restored, and in indexes, which pg_upgrade keeps.
  const chosen =
    everyNth === 1 ? "true" : `pg_catalog.hashtextextended(${key} collate "C", 0) % ${everyNth} = 0`;
  const checksum = "('x' || pg_catalog.left(pg_catalog.md5(t::text), 15))::bit(60)::bigint";
  const [found] = await session.query<{ rows: string; sampledRows: string; checksum: string }>(`
    select pg_catalog.count(*)::text as rows, pg_catalog.count(h)::text as "sampledRows",
           coalesce(pg_catalog.sum(h::numeric), 0)::text as checksum
    from (select case when ${chosen} then ${checksum} end as h from only ${quotedTable(table)} t) as sample`);
  return {
    name: shownTable(table),
    rows: Number(found?.rows ?? 0),
    sampledRows: Number(found?.sampledRows ?? 0),
    checksum: found?.checksum ?? "0",
    everyNth,
    oid: table.oid,
  };
}

/** Everything but the rows: sequences, rules, extensions, roles. */
export async function readStructure(session: SqlSession): Promise<Omit<DatabaseContents, "tables">> {
  const sequences = await session.query<{ name: string; lastValue: string | null }>(`
    select pg_catalog.format('%I.%I', schemaname, sequencename) as name, last_value::text as "lastValue"
    from pg_catalog.pg_sequences n where ${OWN_SCHEMAS.replaceAll("n.nspname", "n.schemaname")} order by 1`);
  const rules = await readRules(session);
  const extensions = await session.query<{ name: string; version: string }>(
    "select extname::text as name, extversion as version from pg_catalog.pg_extension where extname <> 'plpgsql' order by 1",
  );
  const roles = await session.query<{ name: string }>(ROLES);
  const [text] = await session.query<{ encoding: string }>(
    "select pg_catalog.getdatabaseencoding()::text as encoding",
  );
  return {
    sequences,
    rules: Object.fromEntries(rules.map(({ name, definition }) => [name, definition])),
    extensions,
    roles: roles.map(({ name }) => name),
    encoding: text?.encoding ?? "UTF8",
  };
}

/**
 * Owners, holders of grants, and whom policies are for, as far as this database's objects name them. What belongs to
 * the first superuser (its number is 10) is not listed there.
 */
const ROLES = `
  select distinct r.rolname::text as name from pg_catalog.pg_shdepend d
  join pg_catalog.pg_roles r on r.oid = d.refobjid
  where d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass and r.rolname !~ '^pg_'
    and d.dbid in (0, (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()))
  union select rolname::text from pg_catalog.pg_roles r where r.oid = 10 and exists (
    select 1 from pg_catalog.pg_namespace where nspowner = r.oid and oid >= 16384
    union all select 1 from pg_catalog.pg_class where relowner = r.oid and oid >= 16384
    union all select 1 from pg_catalog.pg_proc where proowner = r.oid and oid >= 16384
    union all select 1 from pg_catalog.pg_type where typowner = r.oid and oid >= 16384)
  union select rolname::text from pg_catalog.pg_roles, pg_catalog.pg_database
  where datname = pg_catalog.current_database() and pg_roles.oid = datdba
  order by 1`;
