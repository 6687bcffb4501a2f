import { messageOf } from "../../../model/errors.ts";
import { defineFact, type Fact, NotObserved, Undeclared } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import { quoteIdentifier } from "../identifiers.ts";
import type { PostgresOptions } from "../options.ts";

/** What values of a column look like, by how many. The database judges them: no value is ever read. */
export interface PasswordColumn {
  /** "account.password", as declared. */
  readonly column: string;
  /** How many were judged, the newest rows of the table's end first. */
  readonly judged: number;
  readonly kinds: Readonly<Record<PasswordKind, number>>;
  /** The least cost of those by bcrypt, as a power of 2; undefined when there is none. */
  readonly bcryptCost: number | undefined;
}

export const PASSWORD_KINDS = [
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
    const { options, variables } = context.subject;
    if (options.passwords.length === 0)
      throw new Undeclared(
        'no column with passwords is declared: postgres({ passwords: ["account.password"] })',
      );
    const { variable } = await reached(context, "owner");
    const url = variables.values.get(variable)?.value;
    if (!url) throw new NotObserved(`${variable} is not set`);
    await using session = await context.doors.sql.open(url, {
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      signal: context.signal,
    });
    const found: PasswordColumn[] = [];
    for (const column of options.passwords) {
      await session.query("begin");
      try {
        // Rows that row level security hides are passwords, too.
        if (!options.rls?.auditor) await session.query("set local row_security = off");
        for (const [name, value] of Object.entries(options.rls?.auditor ?? {}))
          await session.query("select set_config($1, $2, true)", [name, value]);
        const rows = await session.query<Judged>(judging(column));
        found.push(countOf(column, rows));
      } catch (thrown) {
        throw new NotObserved(`${column} could not be asked: ${withoutValues(messageOf(thrown))}`);
      } finally {
        await session.query("rollback");
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
  const parts = declared.split(".");
  const column = quoteIdentifier(parts.at(-1) ?? "");
  const table = parts.slice(0, -1).map(quoteIdentifier).join(".");
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

/** PostgreSQL quotes in its errors what it stumbled over. */
function withoutValues(text: string): string {
  return text.replace(/: "[^"]*"$/, "");
}
