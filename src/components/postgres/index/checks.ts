import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { formatSize } from "../../../model/size.ts";
import { ways } from "../../../model/ways.ts";
import { quoteIdentifier, tableName } from "../identifiers.ts";
import { covers } from "./coverage.ts";
import { type ForeignKey, foreignKeys, type Index, indexes, statisticsAge } from "./facts.ts";

export const foreignKeyIndex = defineCheck({
  id: "postgres.index.foreign-key",
  title: "Every foreign key has an index",
  consequence: "Deleting or joining a parent row scans the whole child table, under a lock.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    indexes on foreign keys | every foreign key is indexed
    missing indexes for foreign keys | index on foreign keys | foreign key indexes created
    unindexed foreign keys | relation columns indexed
    foreign keys indexed | index on every foreign key column
    foreign id columns indexed | foreign id columns | foreign keys have indexes
    associations' foreign keys indexed
  `),
  source: "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
  needs: { keys: foreignKeys, indexes },
  run({ keys, indexes: all }) {
    if (keys.length === 0) return notApplicable("no foreign keys");
    const bare = keys.filter((key) => !all.some((index) => covers(index, key)));
    const measured = { foreignKeys: keys.length, withoutIndex: bare.length };
    if (bare.length === 0)
      return pass(`${quantity(keys.length, "foreign key")}, each with an index`, measured);
    const names = bare.map(keyName);
    return fail(`${bare.length} of ${quantity(keys.length, "foreign key")} without an index`, {
      expected: "an index that begins with the key's columns",
      found: names.join(", "),
      fix: bare
        .map((key) => `create index concurrently on ${tableName(key)} (${columnList(key)});`)
        .join(" "),
      findings: names,
      measured,
    });
  },
});

/** "session.reader_id", "order_line.(order_id, line)" */
function keyName(key: ForeignKey): string {
  const columns = columnList(key);
  return `${tableName(key)}.${key.columns.length === 1 ? columns : `(${columns})`}`;
}

function columnList({ columns }: ForeignKey): string {
  return columns.map(quoteIdentifier).join(", ");
}

export const indexDuplicate = defineCheck({
  id: "postgres.index.duplicate",
  title: "No two indexes do the same",
  consequence: "Every write pays for an index that no read needs.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    no duplicate indexes | indexes that duplicate each other | duplicate_index
    identical indexes removed | no two indexes over the same columns
    two indexes on the same columns | duplicate indexes dropped
    no performance warnings in the Supabase advisor | Supabase performance advisor clean
    Supabase performance advisors without findings
  `),
  needs: { indexes },
  run({ indexes: all }) {
    const own = all.filter((index) => !index.isPartition && index.isValid);
    if (own.length === 0) return notApplicable("no indexes");
    const groups = [...Map.groupBy(own, (index) => index.sameness).values()].filter(
      (group) => group.length > 1,
    );
    if (groups.length === 0) return pass(`${indexCount(own)}, no two alike`);
    const spare = groups.flatMap((group) => group.filter((index) => index !== keeper(group)));
    return fail(`${indexCount(spare)} to spare beside one that does the same`, {
      expected: "one index for one purpose",
      found: groups
        .map(
          (group) =>
            `${tableName(group[0] as Index)}: ${group.map((index) => quoteIdentifier(index.index)).join(" = ")}`,
        )
        .join("; "),
      fix: spare.map(drop).join(" "),
      findings: spare.map(indexName),
      measured: { wastedBytes: spare.reduce((sum, index) => sum + index.bytes, 0) },
    });
  },
});

/** What stands behind a constraint stays, then what is used most. */
function keeper(group: readonly Index[]): Index | undefined {
  return group.toSorted((a, b) => Number(b.isConstraint) - Number(a.isConstraint) || b.scans - a.scans)[0];
}

function drop(index: Index): string {
  return index.isConstraint
    ? `alter table ${tableName(index)} drop constraint ${quoteIdentifier(index.index)};`
    : `drop index concurrently ${indexName(index)};`;
}

function indexName(index: Index): string {
  return tableName({ schema: index.schema, table: index.index });
}

export const indexInvalid = defineCheck({
  id: "postgres.index.invalid",
  title: "No index is left half-built",
  consequence: "It slows down every write, answers no read, and a unique one does not keep duplicates out.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    no invalid indexes | concurrent index builds finished | indexes are valid
    leftover indexes of failed concurrent builds | failed concurrent index builds removed
    CREATE INDEX CONCURRENTLY finished | _ccnew indexes | invalid index | indisvalid
    half-finished concurrent index | no index left invalid | invalid indexes dropped | no half-built index
    invalid indexes none | half-built index after concurrent creation | concurrent index creation completed
  `),
  source: "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
  needs: { indexes },
  run({ indexes: all }) {
    if (all.length === 0) return notApplicable("no indexes");
    const invalid = all.filter((index) => !index.isValid && !index.isBeingBuilt && !index.isPartitioned);
    if (invalid.length === 0) return pass(`${indexCount(all)}, none invalid`);
    return fail(`${invalid.length} of ${indexCount(all)} invalid`, {
      expected: "every index valid",
      found: invalid.map((index) => `${indexName(index)} on ${tableName(index)}`).join(", "),
      fix: invalid.map((index) => `reindex index concurrently ${indexName(index)};`).join(" "),
      findings: invalid.map(indexName),
    });
  },
});

const TELLING_DAYS = 30;

export const indexUnused = defineCheck({
  id: "postgres.index.unused",
  title: "Every index is used",
  consequence: "Writes and disk pay for an index that nothing has asked in a month.",
  severity: "info",
  phase: "monthly",
  freshFor: "30d",
  every: "1d",
  asks: ways(`
    unused indexes removed | review index usage | indexes that nobody uses | No unused indexes
    indexes never scanned | idx_scan = 0 | drop indexes without scans | unused_index findings
    unused indexes dropped | indexes with no scans | no unused index | indexes nobody reads
    unused indexes identified | no performance warnings in the Supabase advisor
    Supabase performance advisor clean | Supabase performance advisors without findings
  `),
  needs: { indexes, keys: foreignKeys, age: statisticsAge },
  run({ indexes: all, keys, age: [age] }): Outcome {
    if (!age) return unknown("the server did not tell since when it counts");
    if (age.days < TELLING_DAYS) {
      return notApplicable(`uses are counted for ${Math.floor(age.days)} d only, ${TELLING_DAYS} d tell`);
    }
    const droppable = all.filter(
      (index) =>
        !index.isUnique &&
        !index.isConstraint &&
        !index.isPartitioned &&
        !keys.some((key) => covers(index, key)),
    );
    const unused = droppable.filter((index) => index.scans === 0);
    if (unused.length === 0) return pass(`${indexCount(droppable)}, each used since the counters began`);
    return fail(`${unused.length} of ${indexCount(droppable)} never used`, {
      expected: `used within ${Math.floor(age.days)} d`,
      found: unused.map((index) => `${indexName(index)} (${formatSize(index.bytes)})`).join(", "),
      fix: `${unused.map(drop).join(" ")} Look at replicas first: their uses are not counted here.`,
      findings: unused.map(indexName),
      measured: {
        bytes: unused.reduce((sum, index) => sum + index.bytes, 0),
        countedDays: Math.floor(age.days),
      },
    });
  },
});

function indexCount(all: readonly Index[]): string {
  return quantity(all.length, "index", "indexes");
}
