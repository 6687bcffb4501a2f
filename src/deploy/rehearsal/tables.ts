import { tableName } from "../../components/postgres/identifiers.ts";
import { RUNNER_TABLES } from "../../components/postgres/migration/runners.ts";
import type { SqlSession } from "../../model/doors.ts";
import type { RehearsalFigures } from "../../model/rehearsal.ts";

/** A table or index of the application, as it lies on disk. */
export interface Relation {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  /** pg_class.relkind: "r" a table, "m" a materialized view, "i" an index, "p" a partitioned table. */
  readonly kind: string;
  /** Another number after the whole relation was written anew. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
}

export interface Tables {
  readonly relations: readonly Relation[];
  /** Rows inserted, updated and deleted since the server started. */
  readonly rowsChanged: number;
}

/** Everything that is not the server's own, largest first. */
export async function readTables(session: SqlSession): Promise<Tables> {
  const relations = await session.query<Relation>(`
    select c.oid::text as oid, n.nspname::text as schema, c.relname::text as "table", c.relkind::text as kind,
           c.relfilenode::text as file, pg_relation_size(c.oid)::float8 as bytes,
           greatest(case when c.relkind = 'i' then t.reltuples else c.reltuples end, 0)::float8 as rows
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
    where c.relkind in ('r', 'p', 'm', 'i') and c.relpersistence <> 't'
      and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    order by bytes desc, 2, 3`);
  const [changed] = await session.query<{ rows: number }>(
    `
    select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8 as rows from pg_stat_user_tables
    where not relname = any($1::text[])`,
    [RUNNER_TABLES],
  );
  return { relations, rowsChanged: changed?.rows ?? 0 };
}

/** Pure: what was there before and lies in another file now. Empty ones cost nothing and are left out. */
export function rewrittenBetween(before: Tables, after: Tables): RehearsalFigures["rewritten"] {
  const now = new Map(after.relations.map((each) => [each.oid, each]));
  return before.relations
    .filter(({ oid, file, bytes }) => bytes > 0 && (now.get(oid)?.file ?? file) !== file)
    .map((each) => ({ table: tableName(each), rows: Math.round(each.rows) }));
}
