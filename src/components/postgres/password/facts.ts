import { defineFact, type Fact, NotObserved, Undeclared } from "../../../model/fact.ts";
import { ownSession } from "../connection/own-session.ts";
import { columnOf } from "../identifiers.ts";
import type { PostgresOptions } from "../options.ts";
import { withEveryRow } from "../rls/every-row.ts";
import { withoutValues } from "../sql-state.ts";

/** What values of a column look like, by how many. The database judges them: no value is ever read. */
export interface PasswordColumn {
  /** "account.password", as declared. */
  readonly column: string;
  /** How many were judged: 10,000 at the most, whichever the database reads first. */
  readonly judged: number;
  readonly kinds: Readonly<Record<PasswordKind, number>>;
  /** The least cost of those by bcrypt, as a power of 2; undefined when there is none. */
  readonly bcryptCost: number | undefined;
}

const PASSWORD_KINDS = [
  "argon2id",
  "bcrypt",
  "scrypt",
  "pbkdf2",
  "weak argon2",
  "weak bcrypt",
  "weak pbkdf2",
  "fast hash",
  "no hash",
] as const;
export type PasswordKind = (typeof PASSWORD_KINDS)[number];

/** As the forms are written: PHC strings, modular crypt, Django's, Werkzeug's, Better Auth's "salt:key". */
const KIND_OF = `case
  when v ~ '^(argon2)?\\$argon2id\\$v=\\d+\\$m=\\d+,t=\\d+,p=\\d+\\$[^$]+\\$[^$]+$' then 'argon2id'
  when v ~ '^(argon2)?\\$argon2[di]\\$' then 'weak argon2'
  when v ~ '^(bcrypt(_sha256)?\\$)?\\$2[abxy]\\$(1\\d|2\\d|3[01])\\$[./A-Za-z0-9]{53}$' then 'bcrypt'
  when v ~ '^(bcrypt(_sha256)?\\$)?\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}$' then 'weak bcrypt'
  when v ~ '^(\\$scrypt\\$|scrypt[$:]|\\$7\\$)' then 'scrypt'
  when v ~ '^[0-9a-f]{32}:[0-9a-f]{128}$' then 'scrypt'
  when v ~ '^\\$?pbkdf2[-_:]?(sha1|sha256|sha512|hmac)?[^$]*\\$(i=)?\\d{6,}\\$' then 'pbkdf2'
  when v ~ '^pbkdf2:sha(256|512):\\d{6,}\\$' then 'pbkdf2'
  when v ~ '^\\$?pbkdf2' then 'weak pbkdf2'
  when v ~ '^(\\$[156]\\$|\\{?(SSHA|SHA|MD5)|(sha1|md5|unsalted_\\w+)\\$)' then 'fast hash'
  when v ~* '^(([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}))$' then 'fast hash'
  else 'no hash' end`;

const COST_OF = `substring(v from '^(?:bcrypt(?:_sha256)?\\$)?\\$2[abxy]\\$(\\d\\d)\\$')::int`;

const JUDGED_ROWS = 10_000;
const STATEMENT_TIMEOUT_MS = 20_000;

export const passwordColumns: Fact<readonly PasswordColumn[], PostgresOptions> = defineFact({
  id: "postgres.password-columns",
  access: "read",
  reach: "schema",
  timeoutMs: 60_000,
  collect: async (context) => {
    const { options } = context.subject;
    if (options.passwords.length === 0)
      throw new Undeclared(
        'no column with passwords is declared: postgres({ passwords: ["account.password"] })',
      );
    await using session = await ownSession(context, {
      who: "owner",
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    const found: PasswordColumn[] = [];
    for (const column of options.passwords) {
      try {
        const ask = () => session.query<Judged>(judging(column));
        found.push(countOf(column, await withEveryRow(session, options.rls?.auditor, ask)));
      } catch (thrown) {
        throw new NotObserved(`${column} could not be asked: ${withoutValues(thrown)}`);
      }
    }
    return found;
  },
});

interface Judged {
  readonly kind: PasswordKind;
  readonly count: number;
  readonly cost: number | null;
}

function judging(declared: string): string {
  const { table, column } = columnOf(declared);
  return `select ${KIND_OF} as kind, count(*)::int as count, min(${COST_OF}) as cost
    from (select ${column}::text as v from ${table} where ${column} is not null and ${column}::text <> '' limit ${JUDGED_ROWS}) sample
    group by 1`;
}

function countOf(column: string, rows: readonly Judged[]): PasswordColumn {
  const counts = new Map(rows.map(({ kind, count }) => [kind, count]));
  const kinds = Object.fromEntries(PASSWORD_KINDS.map((kind) => [kind, counts.get(kind) ?? 0]));
  const costs = rows.flatMap(({ kind, cost }) => (kind.endsWith("bcrypt") ? (cost ?? []) : []));
  return {
    column,
    bcryptCost: costs.length > 0 ? Math.min(...costs) : undefined,
    judged: rows.reduce((sum, { count }) => sum + count, 0),
    kinds: kinds as Record<PasswordKind, number>,
  };
}
