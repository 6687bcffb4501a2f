import { catalogFact } from "../connection/facts.ts";

/** How a table has been read since the server's counters began. */
export interface TableReads {
  readonly schema: string;
  readonly table: string;
  /** The greater of the server's two estimates. */
  readonly rows: number;
  readonly bytes: number;
  /** Sequential scans; each worker of a parallel one counts. */
  readonly scans: number;
  /** Rows that these read. */
  readonly rowsScanned: number;
  readonly indexScans: number;
}

export const tableReads = catalogFact<TableReads>({
  id: "postgres.table-reads",
  who: "owner",
  reach: "schema",
  text: `
    select s.schemaname::text as schema,
           s.relname::text as "table",
           greatest(c.reltuples, s.n_live_tup, 0)::float8 as rows,
           pg_table_size(s.relid)::float8 as bytes,
           coalesce(s.seq_scan, 0)::float8 as scans,
           coalesce(s.seq_tup_read, 0)::float8 as "rowsScanned",
           coalesce(s.idx_scan, 0)::float8 as "indexScans"
    from pg_stat_user_tables s
    join pg_class c on c.oid = s.relid
    where s.schemaname = any($1::text[])
    order by s.seq_tup_read desc nulls last, 1, 2`,
  params: ({ schemas }) => [schemas],
});
