import { defineCheck } from "../../../model/check.ts";
import { fail, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { columnOf, quoteLiteral } from "../identifiers.ts";
import { loginColumns, TEST_LOGINS } from "./facts.ts";

export const testAccountsAbsent = defineCheck({
  id: "auth.test-accounts.absent",
  title: "No login in the declared columns of production looks like a test account's",
  consequence:
    "A forgotten test account with a simple password is a way in, and its orders stand in the figures.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    test accounts removed | remove test accounts | test users removed | remove test users | test users deleted
    delete test accounts | no test accounts in production | no test users in production | demo accounts removed
    test and demo accounts deleted | dummy accounts removed | seed users removed from production
    test users cleaned up | fake users deleted | demo users removed
    Testkonten gelöscht | Testbenutzer entfernt | cuentas de prueba eliminadas | usuarios de prueba eliminados
    comptes de test supprimés | contas de teste removidas | test hesapları silindi
  `),
  source: "https://www.rfc-editor.org/rfc/rfc2606",
  needs: { columns: loginColumns },
  run({ columns }) {
    const logins = columns.reduce((sum, each) => sum + each.logins, 0);
    const bad = columns.filter(({ suspicious }) => suspicious.length > 0);
    const count = bad.flatMap(({ suspicious }) => suspicious).reduce((sum, each) => sum + each.count, 0);
    const measured = { logins, testAccounts: count };
    const [first] = bad;
    const unseen = columns.filter((each) => each.logins === 0 && each.isFiltered);
    if (!first && unseen.length > 0)
      return unknown(
        `row level security shows no login of ${unseen.map(({ column }) => column).join(", ")}: let a policy show them to what postgres({ rls: { auditor } }) sets`,
      );
    if (!first)
      return pass(
        `none of ${quantity(logins, "login")} in ${columns.map(({ column }) => column).join(", ")} looks like a test's`,
        measured,
      );
    return fail(`${quantity(count, "login looks", "logins look")} like a test's`, {
      expected: "none, besides those in people.except",
      found: bad
        .flatMap(({ column, suspicious }) =>
          suspicious.map((each) => `${column}: ${each.count} with ${each.kind}`),
        )
        .join("; "),
      fix: `look at them and remove them: ${selecting(
        first.column,
        first.suspicious.map(({ kind }) => kind),
      )}; or name those that are meant to stay in people.except`,
      findings: bad.flatMap(({ column, suspicious }) => suspicious.map(({ kind }) => `${column}: ${kind}`)),
      measured,
    });
  },
});

function selecting(declared: string, kinds: readonly string[]): string {
  const { table, column } = columnOf(declared);
  const conditions = kinds.map((kind) => `${column} ~* ${quoteLiteral(TEST_LOGINS[kind] ?? "")}`);
  return `select * from ${table} where ${conditions.join(" or ")}`;
}
