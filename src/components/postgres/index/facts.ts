import { catalogFact } from "../connection/facts.ts";

export interface ForeignKey {
  readonly schema: string;
  readonly table: string;
  readonly constraint: string;
  readonly columns: readonly string[];
  readonly parent: string;
}

/** Foreign keys as the tables declare them; those of partitions follow from their parent's. */
export const foreignKeys = catalogFact<ForeignKey>({
  id: "postgres.foreign-keys",
  who: "owner",
  reach: "schema",
  text: `
    select n.nspname::text as schema,
           c.relname::text as "table",
           k.conname::text as "constraint",
           array(
             select a.attname::text from unnest(k.conkey) with ordinality as key(attnum, position)
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.attnum
             order by key.position
           ) as columns,
           k.confrelid::regclass::text as parent
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname = any($1::text[])
    order by 1, 2, 3`,
  params: ({ schemas }) => [schemas],
});

export interface Index {
  readonly schema: string;
  readonly table: string;
  readonly index: string;
  /** "btree" */
  readonly method: string;
  /** Key columns in order; null for an expression. */
  readonly columns: readonly (string | null)[];
  readonly predicate: string | null;
  readonly isUnique: boolean;
  readonly isPrimary: boolean;
  /** Behind a primary key, unique or exclusion constraint, or the table's replica identity. */
  readonly isConstraint: boolean;
  readonly isValid: boolean;
  readonly isBeingBuilt: boolean;
  /** Equal for indexes that do the same: everything about it but its name. */
  readonly sameness: string;
  readonly definition: string;
  readonly scans: number;
  readonly bytes: number;
  /** Part of an index on a partitioned table, or such an index itself: not dropped or counted on its own. */
  readonly isPartition: boolean;
  readonly isPartitioned: boolean;
}

export const indexes = catalogFact<Index>({
  id: "postgres.indexes",
  who: "owner",
  reach: "schema",
  text: `
    select n.nspname::text as schema,
           t.relname::text as "table",
           c.relname::text as index,
           m.amname::text as method,
           array(
             select a.attname::text from generate_series(0, i.indnkeyatts - 1) position
             left join pg_attribute a
               on a.attrelid = i.indrelid and a.attnum = i.indkey[position] and i.indkey[position] <> 0
             order by position
           ) as columns,
           pg_get_expr(i.indpred, i.indrelid) as predicate,
           i.indisunique as "isUnique",
           i.indisprimary as "isPrimary",
           i.indisreplident or exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
             as "isConstraint",
           i.indisvalid and i.indisready as "isValid",
           exists (select 1 from pg_stat_progress_create_index p where p.index_relid = i.indexrelid) as "isBeingBuilt",
           concat_ws('|', i.indrelid, m.amname, i.indkey, i.indclass, i.indcollation, i.indoption, i.indnkeyatts,
             i.indisunique, pg_get_expr(i.indexprs, i.indrelid), pg_get_expr(i.indpred, i.indrelid)) as sameness,
           pg_get_indexdef(i.indexrelid) as definition,
           coalesce(s.idx_scan, 0)::float8 as scans,
           pg_relation_size(i.indexrelid)::float8 as bytes,
           c.relispartition as "isPartition",
           c.relkind = 'I' as "isPartitioned"
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    join pg_am m on m.oid = c.relam
    left join pg_stat_all_indexes s on s.indexrelid = i.indexrelid
    where n.nspname = any($1::text[]) and t.relkind in ('r', 'p', 'm')
    order by 1, 2, 3`,
  params: ({ schemas }) => [schemas],
});

export interface StatisticsAge {
  /** Days since the counters began; at most that: a server that never reset them does not tell since when. */
  readonly days: number;
}

export const statisticsAge = catalogFact<StatisticsAge>({
  id: "postgres.statistics-age",
  who: "owner",
  reach: "schema",
  text: `
    select extract(epoch from now() - coalesce(stats_reset, pg_postmaster_start_time()))::float8 / 86400 as days
    from pg_stat_database where datname = current_database()`,
});
