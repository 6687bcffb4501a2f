import { defineCheck } from "../../../model/check.ts";
import { fail, pass, undeclared, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { type Intrusion, intrusions } from "./proof-facts.ts";

export const rlsProof = defineCheck({
  id: "postgres.rls.proof",
  title: "One user cannot reach another user's rows",
  consequence: "Users read, change or forge each other's data.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    tenant isolation tested | RLS tested with two users | users cannot see each other's data
    data isolation between tenants | users can only access their own data | multi-tenant isolation
    users can only see their own data | data access isolated per tenant | cross-tenant access prevented
    users can't read other users' data | one tenant cannot see another tenant's data
    cannot read other users' invoices | users cannot access other users' records | tenant isolation verified
    isolation between tenants verified with users of two tenants | Users cannot read each other's rows
    users cannot read other users' rows | RLS policies tested | RLS policies tested and working
    row level security tested | RLS tested with two accounts | users can only read their own rows
    user A cannot see rows of user B | tests prove that RLS isolates users
    users see only own rows | row level security isolates users
    select as authenticated role shows only own rows
    users can only edit their own data | cross-tenant leak tested | user A cannot see data of user B
    row ownership enforced | test that users cannot read other users' records
    log in as two users, each sees only own data | RLS verified with second account
    users see only their own rows | rows of other users not visible with RLS | RLS tested by two users
    per-user data isolation | RLS enforced at runtime | RLS policies verified | verify RLS policies
    access to other users' data denied | reading other users' data fails
    trying to read another user's data fails | RLS validated with tests | RLS policies validated
    tenant data isolated by RLS
  `),
  source: "https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
  needs: { intrusions },
  run({ intrusions: tried }) {
    if (tried.length === 0) return undeclared("no rls.proof is declared");
    const succeeded = tried.filter((each) => doneBy(each).length > 0);
    if (succeeded.length > 0) {
      const names = [...new Set(succeeded.map(({ table }) => table))];
      return fail("one user reaches another user's rows", {
        expected: "0 rows read, changed or deleted, and no row created in the other's name",
        found: succeeded
          .map((each) => `${each.table}: user ${each.user} ${doneBy(each).join(", ")} of user ${each.other}`)
          .join("; "),
        fix: names
          .map(
            (name) =>
              `alter table ${name} enable row level security; alter table ${name} force row level security;`,
          )
          .join(" ")
          .concat(
            " Then give each a policy with using and with check on its owner column, and connect as a role without bypassrls",
          ),
        findings: names,
      });
    }
    const open = tried.find((each) => whyOpen(each) !== undefined);
    if (open) return unknown(`${open.table}: ${whyOpen(open)}`);
    const tables = new Set(tried.map(({ table }) => table));
    return pass(`${quantity(tables.size, "table")}, two users each: nothing of the other was reached`, {
      tables: tables.size,
      hiddenRows: tried.reduce((sum, each) => sum + each.hidden, 0),
    });
  },
});

function doneBy({ read, changed, deleted, insertedAsOther }: Intrusion): string[] {
  return [
    read > 0 ? `reads ${quantity(read, "row")}` : "",
    changed > 0 ? `changes ${quantity(changed, "row")}` : "",
    deleted > 0 ? `deletes ${quantity(deleted, "row")}` : "",
    insertedAsOther === "allowed" ? "creates rows in the name" : "",
  ].filter((text) => text !== "");
}

function whyOpen({ problem, hidden, other, insertedAsOther }: Intrusion): string | undefined {
  if (problem !== undefined) return problem;
  if (hidden === 0) {
    return `there is no row of user ${other} to hide; declare rls.proof.sample with the statements that give a user one`;
  }
  return insertedAsOther === "unclear"
    ? "an insert in the other's name failed before its policy was asked"
    : undefined;
}
