import type { SqlSession } from "../../../model/doors.ts";
import { DoesNotApply, defineFact, type Fact, NotObserved, Undeclared } from "../../../model/fact.ts";
import { ownSession } from "../connection/own-session.ts";
import { columnOf, quoteLiteral } from "../identifiers.ts";
import type { PostgresOptions } from "../options.ts";
import { withEveryRow } from "../rls/every-row.ts";
import { withoutValues } from "../sql-state.ts";

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
    const { options, environment } = context.subject;
    if (environment.stage !== "production")
      throw new DoesNotApply(`test accounts may stand in ${environment.name}: it is not production`);
    if (!options.people)
      throw new Undeclared(
        'no column with people\'s logins is declared: postgres({ people: { logins: ["account.email"] } })',
      );
    await using session = await ownSession(context, {
      who: "owner",
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    const found: LoginColumn[] = [];
    for (const column of options.people.logins) {
      try {
        const ask = () => judge(session, column, options.people?.except ?? []);
        found.push(await withEveryRow(session, options.rls?.auditor, ask));
      } catch (thrown) {
        throw new NotObserved(`${column} could not be asked: ${withoutValues(thrown)}`);
      }
    }
    return found;
  },
});

async function judge(session: SqlSession, column: string, except: readonly string[]): Promise<LoginColumn> {
  const rows = await session.query<{ kind: string | null; count: number }>(judging(column), [except]);
  const [seen] = await session.query<{ filtered: boolean }>(
    "select row_security_active($1::regclass) as filtered",
    [columnOf(column).table],
  );
  return {
    column,
    isFiltered: seen?.filtered === true,
    logins: rows.reduce((sum, { count }) => sum + count, 0),
    suspicious: rows.flatMap(({ kind, count }) => (kind === null ? [] : [{ kind, count }])),
  };
}

function judging(declared: string): string {
  const { table, column } = columnOf(declared);
  const kinds = Object.entries(TEST_LOGINS).map(
    ([kind, regex]) => `when v ~* ${quoteLiteral(regex)} then ${quoteLiteral(kind)}`,
  );
  return `select case when v = any($1) then null ${kinds.join(" ")} end as kind, count(*)::int as count
    from (select ${column}::text as v from ${table} where ${column} is not null) people group by 1`;
}
