import { defineCheck } from "../../../model/check.ts";
import { fail, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { COUNTED_ROWS, type Invariant, invariants } from "./facts.ts";

export const ledgerInvariant = defineCheck({
  id: "postgres.ledger.invariant",
  title: "What must always be true of the data is true",
  consequence: "Money or records are wrong already, and every further write builds on them.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    wallet balance equals sum of ledger entries | ledger vs balance reconciliation | no orphaned records
    no negative balances | data integrity checks | data consistency verified | ledger entries match balances
    data integrity verified | data integrity | referential integrity checked
    no duplicate records | balances reconcile | Ledger balances | no orphaned rows | data consistency check
    sum of ledger entries equals balance | debits equal credits | stock never negative
    data invariants verified | account balances add up | balance matches the transaction history
    counts never negative | totals match the entries | no negative stock
    data consistency verified after an import | sum of transactions matches balance | no negative totals
    sum of entries matches balance | order totals not negative | ledger sums to zero
    balance equals the sum of movements | no negative account balances | account balances sum to zero
    no orders without an existing customer row | no rows without their parent
    no orphaned records in the database | no dangling references in the database
    orphaned database rows | database has no orphaned records
  `),
  needs: { invariants },
  run({ invariants: asked }) {
    const broken = asked.filter(({ rows }) => rows > 0);
    const measured = {
      invariants: asked.length,
      brokenRows: broken.reduce((sum, { rows }) => sum + rows, 0),
    };
    if (broken.length > 0) {
      return fail(`${broken.length} of ${quantity(asked.length, "invariant")} broken`, {
        expected: "no row",
        found: broken.map((each) => `"${each.title}": ${counted(each)}`).join("; "),
        fix: "Stop what writes these tables, run the invariant's SQL to see the rows, correct them with entries of their own, and find what let them in",
        findings: broken.map(({ title }) => title),
        measured,
      });
    }
    const failed = asked.find(({ problem }) => problem !== undefined);
    if (failed) return unknown(`"${failed.title}" could not be asked: ${explain(failed.problem ?? "")}`);
    return pass(`${quantity(asked.length, "invariant")} without a row`, measured);
  },
});

function counted({ rows }: Invariant): string {
  return rows >= COUNTED_ROWS ? `${COUNTED_ROWS} rows or more` : quantity(rows, "row");
}

function explain(problem: string): string {
  return /row-level security|row level security/.test(problem)
    ? `${problem}; let the owner's role bypass row level security, or declare rls.auditor with the settings that show every row`
    : problem;
}
