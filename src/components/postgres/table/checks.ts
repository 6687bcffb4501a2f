import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { quoteIdentifier, tableName } from "../identifiers.ts";
import { ages, sequences, type Table, tables } from "./facts.ts";

export const primaryKey = defineCheck({
  id: "postgres.table.primary-key",
  title: "Every table has a primary key",
  consequence: "Rows cannot be told apart: duplicates stay, replication and change feeds refuse the table.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    every table has a primary key | tables have primary keys | no table without a key | no table without PK
    primary keys on join tables | every table has a PK | no tables without a primary key | primary key
    tables without primary key | id: false tables have a key | tables lacking a primary key
  `),
  needs: { tables },
  run({ tables: all }, { options }) {
    const own = all.filter((table) => !table.isPartition);
    if (own.length === 0) return notApplicable(`there is no table in ${options.schemas.join(", ")}`);
    const bare = own.filter((table) => !table.hasPrimaryKey).map(tableName);
    if (bare.length === 0) return pass(`${quantity(own.length, "table")}, each with a primary key`);
    return fail(`${bare.length} of ${quantity(own.length, "table")} without a primary key`, {
      expected: "a primary key on every table",
      found: bare.join(", "),
      fix: bare
        .map((name) => `alter table ${name} add column id bigint generated always as identity primary key;`)
        .join(" "),
      findings: bare,
    });
  },
});

const USED_UP_PERCENT = 50;

export const sequenceHeadroom = defineCheck({
  id: "postgres.sequence.headroom",
  title: "No key runs out of numbers",
  consequence:
    "At the last number every insert into the table fails, and widening the column locks it for hours.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    sequences not near overflow | integer primary keys have headroom
    Integer overflow of primary keys | IDs will not overflow | Sequence exhaustion
    sequence close to int4 maximum | integer id overflow | serial columns have enough values
    sequence near its maximum | sequences far from exhaustion | sequence overflow
    serial overflow | sequences below half of maximum
  `),
  source: "https://www.postgresql.org/docs/current/datatype-numeric.html",
  needs: { sequences },
  run({ sequences: all }): Outcome {
    if (all.length === 0) return notApplicable("no sequences");
    const hidden = all.filter((sequence) => !sequence.isReadable);
    const used = all.map((sequence) => ({
      ...sequence,
      percent: ((sequence.lastValue ?? 0) / sequence.max) * 100,
    }));
    const full = used.filter(({ percent }) => percent >= USED_UP_PERCENT);
    const fullest = Math.max(...used.map(({ percent }) => percent));
    const measured = { sequences: all.length, fullestPercent: Math.round(fullest * 10) / 10 };
    if (full.length > 0) {
      return fail(`half of the numbers or more used up by ${full.length} of ${quantity(all.length, "key")}`, {
        expected: `below ${USED_UP_PERCENT} %`,
        found: full
          .map((each) => `${nameOf(each)} (${each.type}) at ${Math.floor(each.percent)} %`)
          .join(", "),
        fix: `${full.map(widen).join(" ")} Each rewrites its table under a lock: on a large one fill a bigint column beside it instead.`,
        findings: full.map(nameOf),
        measured,
      });
    }
    if (hidden.length > 0) {
      return unknown(
        `${hidden.map((each) => quoteIdentifier(each.sequence)).join(", ")} may not be read by this role`,
      );
    }
    return pass(`the fullest is at ${measured.fullestPercent} %`, measured);
  },
});

type KeyName = { schema: string; sequence: string; column: string | null; columnTable: string | null };

function nameOf({ schema, sequence, column, columnTable }: KeyName): string {
  const inTable = columnTable === null ? undefined : tableName({ schema, table: columnTable });
  return inTable && column !== null
    ? `${inTable}.${quoteIdentifier(column)}`
    : tableName({ schema, table: sequence });
}

function widen({ schema, sequence, column, columnTable }: KeyName): string {
  const own = `alter sequence ${tableName({ schema, table: sequence })} as bigint;`;
  if (columnTable === null || column === null) return own;
  const table = tableName({ schema, table: columnTable });
  return `alter table ${table} alter column ${quoteIdentifier(column)} type bigint; ${own}`;
}

const MANY_DEAD_ROWS = 10_000;
const DEAD_FRACTION = 0.2;

export const tableBloat = defineCheck({
  id: "postgres.table.bloat",
  title: "Dead rows are cleaned up",
  consequence: "Tables and indexes grow and slow down although the data does not.",
  severity: "warning",
  phase: "daily",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    autovacuum configured | vacuum running | table bloat | dead tuples
    vacuum analyze
    dead tuples low | n_dead_tup | autovacuum tuned | bloat under 20% | autovacuum on large tables
    vacuum keeps up | bloated tables | autovacuum not lagging | vacuum not behind
    periodic vacuum | vacuum analyze on large tables | regular vacuum and analyze
  `),
  source: "https://www.postgresql.org/docs/current/routine-vacuuming.html",
  needs: { tables, ages },
  run({ tables: all, ages: databases }): Outcome {
    if (all.length === 0) return notApplicable("no tables");
    if (databases.some((database) => !database.autovacuum)) {
      return fail("autovacuum is switched off for the whole server", {
        expected: "autovacuum = on",
        found: "autovacuum = off",
        fix: "alter system set autovacuum = on; select pg_reload_conf();",
      });
    }
    const off = all.filter((table) => table.autovacuumOff);
    const bloated = all.filter(isBloated);
    const most = Math.max(...all.map((table) => table.deadRows));
    const measured = { tables: all.length, mostDeadRows: most };
    if (off.length + bloated.length === 0) return pass(`at most ${most} dead rows in a table`, measured);
    const told = [
      ...off.map((table) => `${tableName(table)}: autovacuum is off`),
      ...bloated.map(
        (table) =>
          `${tableName(table)}: ${table.deadRows} dead beside ${table.liveRows} live, ${vacuumed(table)}`,
      ),
    ];
    return fail(`${new Set([...off, ...bloated]).size} of ${quantity(all.length, "table")} not cleaned up`, {
      expected: `autovacuum on, and below ${DEAD_FRACTION * 100} % dead rows where there are more than ${MANY_DEAD_ROWS}`,
      found: told.join("; "),
      fix: [
        ...off.map((table) => `alter table ${tableName(table)} reset (autovacuum_enabled);`),
        ...bloated.map(
          (table) =>
            `vacuum analyze ${tableName(table)}; alter table ${tableName(table)} set (autovacuum_vacuum_scale_factor = 0.05);`,
        ),
      ].join(" "),
      findings: [...new Set([...off, ...bloated].map(tableName))],
      measured,
    });
  },
});

function isBloated({ deadRows, liveRows }: Table): boolean {
  return deadRows > MANY_DEAD_ROWS && deadRows / (deadRows + liveRows) > DEAD_FRACTION;
}

function vacuumed({ daysSinceVacuum }: Table): string {
  return daysSinceVacuum === null ? "never vacuumed" : `vacuumed ${daysSinceVacuum} d ago`;
}

/** Transaction numbers compare over 2^31; the server stops taking writes three million before that. */
const NUMBERS = 2 ** 31;

export const xidHeadroom = defineCheck({
  id: "postgres.xid.headroom",
  title: "Transaction numbers are far from wrapping round",
  consequence: "At the end the server refuses every write until it was vacuumed by hand.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    transaction id wraparound | xid wraparound monitored | vacuum freeze keeps up | XID wraparound
    No wraparound risk | Transaction wraparound monitored | age(datfrozenxid) below limit | xid age
    MaximumUsedTransactionIDs | transaction id age | far from transaction wraparound | datfrozenxid age
    transaction IDs far from wrapping | oldest xid age | xid wraparound not near | xid
  `),
  source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND",
  needs: { ages },
  run({ ages: databases }): Outcome {
    const used = databases.map(({ database, xidAge, multixactAge }) => ({
      database,
      percent: (Math.max(xidAge, multixactAge) / NUMBERS) * 100,
    }));
    if (used.length === 0) return unknown("the server named no database");
    const oldest = used.reduce((old, each) => (each.percent > old.percent ? each : old));
    const measured = { oldestDatabase: oldest.database, usedPercent: Math.round(oldest.percent * 10) / 10 };
    const bad = used.filter(({ percent }) => percent >= USED_UP_PERCENT);
    if (bad.length === 0) return pass(`${measured.usedPercent} % used in ${oldest.database}`, measured);
    return fail("transaction numbers are running out", {
      expected: `below ${USED_UP_PERCENT} % of 2^31`,
      found: bad.map(({ database, percent }) => `${database} at ${Math.floor(percent)} %`).join(", "),
      fix: "End old transactions, prepared transactions and unused replication slots, then vacuum (freeze, verbose) in each of these databases",
      findings: bad.map(({ database }) => database),
      measured,
    });
  },
});
