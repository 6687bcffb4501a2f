import { messageOf } from "../../../model/errors.ts";
import { DoesNotApply, defineFact, type Fact, NotObserved, Undeclared } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import { quoteIdentifier } from "../identifiers.ts";
import type { PostgresOptions } from "../options.ts";

/** What the logins of a column look like, by how many. The database judges them: no login is ever read. */
export interface LoginColumn {
  /** "account.email", as declared. */
  readonly column: string;
  readonly logins: number;
  /** Row level security shows whoever asks only what a policy lets it see. */
  readonly isFiltered: boolean;
  readonly suspicious: readonly { readonly kind: string; readonly count: number }[];
}

/** Regular expressions of PostgreSQL by what they find; the first that fits says it. Source of the names: RFC 2606. */
export const TEST_LOGINS: Readonly<Record<string, string>> = {
  "an address that can be nobody's (example.com, .test, .invalid)":
    "@([^@]+\\.)?(example\\.(com|org|net|edu)|test|example|invalid|localhost)$",
  "an address made up for a try (test.com, foo.com)": "@(test|foo|bar|asdf|admin)\\.(com|org|net|de)$",
  "a name for tests (test1, demo-user, dummy@)":
    "^(test|tester|testing|demo|dummy|e2e|qa|fake|sample|foo|asdf)([-_.+]?(user|account|admin|customer))?[-_.]?[0-9]*(@|$)",
  "a tag for tests (+test@)": "^[^@]+\\+(test|demo|e2e|qa)[0-9]*@",
};

const STATEMENT_TIMEOUT_MS = 20_000;

export const loginColumns: Fact<readonly LoginColumn[], PostgresOptions> = defineFact({
  id: "postgres.login-columns",
  access: "read",
  reach: "schema",
  timeoutMs: 60_000,
  collect: async (context) => {
    const { options, variables, environment } = context.subject;
    if (environment.stage !== "production")
      throw new DoesNotApply(`test accounts may stand in ${environment.name}: it is not production`);
    if (!options.people)
      throw new Undeclared(
        'no column with people\'s logins is declared: postgres({ people: { logins: ["account.email"] } })',
      );
    const { variable } = await reached(context, "owner");
    const url = variables.values.get(variable)?.value;
    if (!url) throw new NotObserved(`${variable} is not set`);
    await using session = await context.doors.sql.open(url, {
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      signal: context.signal,
    });
    const found: LoginColumn[] = [];
    for (const column of options.people.logins) {
      await session.query("begin");
      try {
        // People that row level security hides are people, too.
        if (!options.rls?.auditor) await session.query("set local row_security = off");
        for (const [name, value] of Object.entries(options.rls?.auditor ?? {}))
          await session.query("select set_config($1, $2, true)", [name, value]);
        const rows = await session.query<{ kind: string | null; count: number }>(judging(column), [
          options.people.except,
        ]);
        const [seen] = await session.query<{ filtered: boolean }>(
          "select row_security_active($1::regclass) as filtered",
          [placeOf(column).table],
        );
        found.push({
          column,
          isFiltered: seen?.filtered === true,
          logins: rows.reduce((sum, { count }) => sum + count, 0),
          suspicious: rows.flatMap(({ kind, count }) => (kind === null ? [] : [{ kind, count }])),
        });
      } catch (thrown) {
        throw new NotObserved(`${column} could not be asked: ${messageOf(thrown).replace(/: "[^"]*"$/, "")}`);
      } finally {
        await session.query("rollback");
      }
    }
    return found;
  },
});

/** "account.email" as its table and its column, quoted. */
export function placeOf(declared: string): { readonly table: string; readonly column: string } {
  const parts = declared.split(".").map(quoteIdentifier);
  return { table: parts.slice(0, -1).join("."), column: parts.at(-1) ?? "" };
}

function judging(declared: string): string {
  const { table, column } = placeOf(declared);
  const kinds = Object.entries(TEST_LOGINS).map(
    ([kind, regex]) => `when v ~* ${quoted(regex)} then ${quoted(kind)}`,
  );
  return `select case when v = any($1) then null ${kinds.join(" ")} end as kind, count(*)::int as count
    from (select ${column}::text as v from ${table} where ${column} is not null) people group by 1`;
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
