import type { SqlSession } from "../../../model/doors.ts";
import { messageOf } from "../../../model/errors.ts";
import { DoesNotApply, defineFact, type Fact, Undeclared } from "../../../model/fact.ts";
import { reached } from "../connection/facts.ts";
import type { PostgresOptions } from "../options.ts";

export interface Invariant {
  readonly title: string;
  /** Rows that break it, counted up to the limit. */
  readonly rows: number;
  readonly problem: string | undefined;
}

/** Rows are counted, not read: they are people's data. */
export const COUNTED_ROWS = 1_000;
const STATEMENT_TIMEOUT_MS = 20_000;

export const invariants: Fact<readonly Invariant[], PostgresOptions> = defineFact({
  id: "postgres.invariants",
  access: "read",
  reach: "schema",
  timeoutMs: 60_000,
  collect: async (context) => {
    const { options, variables } = context.subject;
    const declared = Object.entries(options.invariants);
    if (declared.length === 0) throw new Undeclared("no invariants are declared");
    const { variable } = await reached(context, "owner");
    const url = variables.values.get(variable)?.value;
    if (!url) throw new DoesNotApply(`${variable} is not set`);
    await using session = await context.doors.sql.open(url, {
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      signal: context.signal,
    });
    const found: Invariant[] = [];
    for (const [title, text] of declared)
      found.push(await countBreaking(session, { title, text, auditor: options.rls?.auditor }));
    return found;
  },
});

/** Everything in one transaction: behind a transaction pooler a setting would stay with somebody else's connection. */
export async function countBreaking(
  session: SqlSession,
  asked: { title: string; text: string; auditor: Readonly<Record<string, string>> | undefined },
): Promise<Invariant> {
  const { title, text, auditor } = asked;
  await session.query("begin");
  try {
    // Rows that row level security hides break no rule: without this a rule over hidden rows would always hold.
    if (!auditor) await session.query("set local row_security = off");
    for (const [name, value] of Object.entries(auditor ?? {})) {
      await session.query("select set_config($1, $2, true)", [name, value]);
    }
    const rows = await session.query(limited(text));
    return { title, rows: rows.length, problem: undefined };
  } catch (thrown) {
    return { title, rows: 0, problem: messageOf(thrown) };
  } finally {
    await session.query("rollback");
  }
}

/** A line of its own for the closing parenthesis, so that a comment at the end of the text does not swallow it. */
function limited(text: string): string {
  return `select 1 from (${text.trim().replace(/;$/, "")}\n) broken limit ${COUNTED_ROWS}`;
}
