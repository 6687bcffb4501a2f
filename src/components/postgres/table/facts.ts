import { catalogFact } from "../connection/facts.ts";

export interface Table {
  readonly schema: string;
  readonly table: string;
  readonly owner: string;
  readonly hasPrimaryKey: boolean;
  readonly hasRls: boolean;
  readonly forcesRls: boolean;
  /** A partition of a partitioned table. */
  readonly isPartition: boolean;
  /** The server's estimate; -1 when it was never analysed. */
  readonly rows: number;
  readonly bytes: number;
  readonly deadRows: number;
  readonly liveRows: number;
  /** Whole days; null: never. */
  readonly daysSinceVacuum: number | null;
  readonly autovacuumOff: boolean;
}

/** A table of the application: not one that belongs to an extension. */
export const tables = catalogFact<Table>({
  id: "postgres.tables",
  who: "owner",
  reach: "schema",
  text: `
    select n.nspname::text as schema,
           c.relname::text as "table",
           pg_get_userbyid(c.relowner)::text as owner,
           exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p') as "hasPrimaryKey",
           c.relrowsecurity as "hasRls",
           c.relforcerowsecurity as "forcesRls",
           c.relispartition as "isPartition",
           c.reltuples::float8 as rows,
           pg_table_size(c.oid)::float8 as bytes,
           coalesce(s.n_dead_tup, 0)::float8 as "deadRows",
           coalesce(s.n_live_tup, 0)::float8 as "liveRows",
           floor(extract(epoch from now() - greatest(s.last_vacuum, s.last_autovacuum)) / 86400)::int as "daysSinceVacuum",
           coalesce('autovacuum_enabled=false' = any(c.reloptions) or 'autovacuum_enabled=off' = any(c.reloptions), false)
             as "autovacuumOff"
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_stat_all_tables s on s.relid = c.oid
    where c.relkind in ('r', 'p')
      and c.relpersistence <> 't'
      and n.nspname = any($1::text[])
      and not exists (
        select 1 from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
      )
    order by 1, 2`,
  params: ({ schemas }) => [schemas],
});

export interface Sequence {
  readonly schema: string;
  readonly sequence: string;
  /** "session.id"; null when no column owns it. */
  readonly column: string | null;
  readonly columnTable: string | null;
  /** "integer": of the owning column, else of the sequence. */
  readonly type: string;
  /** Null: never used, or not readable by this role. */
  readonly lastValue: number | null;
  readonly isReadable: boolean;
  /** The largest value both the sequence and its column can hold. */
  readonly max: number;
}

export const sequences = catalogFact<Sequence>({
  id: "postgres.sequences",
  who: "owner",
  reach: "schema",
  text: `
    select n.nspname::text as schema,
           c.relname::text as sequence,
           a.attname::text as "column",
           t.relname::text as "columnTable",
           format_type(coalesce(a.atttypid, s.seqtypid), null) as type,
           case when has_sequence_privilege(c.oid, 'select,usage')
                then pg_sequence_last_value(c.oid)::float8 end as "lastValue",
           has_sequence_privilege(c.oid, 'select,usage') as "isReadable",
           least(
             s.seqmax::float8,
             case coalesce(a.atttypid, s.seqtypid)
               when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647
               else 9223372036854775807 end::float8
           ) as max
    from pg_sequence s
    join pg_class c on c.oid = s.seqrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid
      and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
    left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    left join pg_class t on t.oid = a.attrelid
    where n.nspname = any($1::text[]) and not s.seqcycle and s.seqincrement > 0
    order by 1, 2`,
  params: ({ schemas }) => [schemas],
});

export interface DatabaseAge {
  readonly database: string;
  readonly xidAge: number;
  readonly multixactAge: number;
  readonly autovacuum: boolean;
}

export const ages = catalogFact<DatabaseAge>({
  id: "postgres.ages",
  who: "owner",
  reach: "environment",
  text: `
    select datname::text as database,
           age(datfrozenxid)::float8 as "xidAge",
           mxid_age(datminmxid)::float8 as "multixactAge",
           current_setting('autovacuum')::bool as autovacuum
    from pg_database order by 1`,
});
