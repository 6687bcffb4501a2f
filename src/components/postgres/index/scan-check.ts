import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { formatSize } from "../../../model/size.ts";
import { ways } from "../../../model/ways.ts";
import { quoteLiteral, tableName } from "../identifiers.ts";
import { type TableReads, tableReads } from "./scan-facts.ts";

/** Below this a scan is as quick as an index, and the planner prefers it. */
const LARGE_ROWS = 10_000;
/** A dump reads each table once a night: more than three months of them. */
const OFTEN = 100;
/** Where nineteen of twenty reads go by an index, the rest are reports: the limit that PgHero uses too. */
const MOST_SHARE = 0.05;
const TELLING_READS = 1_000;

export const indexMissing = defineCheck({
  id: "postgres.index.missing",
  title: "No large table is read from end to end again and again (indexes exist for what is asked)",
  consequence:
    "Pages get slower with every row that is added, until the database has no time for anything else.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    no missing indexes | missing indexes identified | missing indexes added | database indexes created
    indexes on frequently queried columns | indexes for common queries | index on columns used in WHERE
    no sequential scans on large tables | no full table scans | seq_scan on large tables
    database indexes optimised | database indexes reviewed | queries use indexes
    Indizes für häufige Abfragen | Datenbank-Indizes gesetzt | índices en columnas consultadas
    index sur les colonnes interrogées | índices do banco criados | indexes created | add indexes
    indexes added | database indexes | indexes on columns used in WHERE or ORDER BY | indexes in place
    indexes created for performance | indexes optimized | required indexes created
    necessary indexes created | database indexing | proper indexes
    indexes created for frequent queries | indexes for frequent queries
    frequently used columns indexed | indexes on frequently queried fields | verify indexes
    optimize indexes | queries covered by indexes
    indexes on columns used for filtering and sorting | columns in filters and joins indexed
  `),
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW",
  needs: { reads: tableReads },
  run({ reads }) {
    const large = reads.filter(({ rows }) => rows >= LARGE_ROWS);
    if (large.length === 0) return notApplicable(`no table has ${LARGE_ROWS.toLocaleString("en")} rows`);
    const counted = large.reduce((sum, each) => sum + each.scans + each.indexScans, 0);
    const whole = large.filter((each) => isReadWhole(each));
    const measured = { largeTables: large.length, reads: counted, readWhole: whole.length };
    if (whole.length > 0) {
      return fail(`${quantity(whole.length, "large table")} read from end to end again and again`, {
        expected: `at most ${MOST_SHARE * 100} % of the reads of a table without an index`,
        found: whole.map(tell).join("; "),
        fix: whole.map(fixOf).join(" "),
        findings: whole.map(tableName),
        measured,
      });
    }
    if (counted < TELLING_READS) {
      return unknown(
        `only ${quantity(counted, "read")} of ${quantity(large.length, "large table")} counted since the counters began; ${TELLING_READS.toLocaleString("en")} tell`,
      );
    }
    const most = Math.max(...large.map(shareWithoutIndex));
    return pass(
      `${quantity(large.length, "large table")}; at most ${(most * 100).toFixed(1)} % of the reads of one go without an index`,
      { ...measured, mostShare: Math.round(most * 1_000) / 1_000 },
    );
  },
});

/** How often the rows it has now were read through: scans that stop early or share the work count as parts. */
function wholeReads({ rows, rowsScanned }: TableReads): number {
  return rowsScanned / rows;
}

function isReadWhole(table: TableReads): boolean {
  return wholeReads(table) >= OFTEN && shareWithoutIndex(table) > MOST_SHARE;
}

function shareWithoutIndex(table: TableReads): number {
  const times = wholeReads(table);
  return times === 0 ? 0 : times / (times + table.indexScans);
}

function tell(table: TableReads): string {
  const { rows, bytes, indexScans } = table;
  const times = Math.round(wholeReads(table)).toLocaleString("en");
  return `${tableName(table)} (${Math.round(rows).toLocaleString("en")} rows, ${formatSize(bytes)}) ${times} times, ${indexScans.toLocaleString("en")} times by an index`;
}

function fixOf(table: TableReads): string {
  const like = quoteLiteral(`%${table.table}%`);
  return `find what reads it: select query, calls, mean_exec_time from pg_stat_statements where query ilike ${like} order by total_exec_time desc; then create index concurrently on ${tableName(table)} (the columns it filters or joins by); and let it be counted anew: select pg_stat_reset_single_table_counters(${quoteLiteral(tableName(table))}::regclass);`;
}
