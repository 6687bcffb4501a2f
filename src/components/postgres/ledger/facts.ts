import type { SqlSession } from "../../../model/doors.ts";
import { defineFact, type Fact, Undeclared } from "../../../model/fact.ts";
import { ownSession } from "../connection/own-session.ts";
import type { PostgresOptions } from "../options.ts";
import { type Auditor, withEveryRow } from "../rls/every-row.ts";
import { withoutValues } from "../sql-state.ts";

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
    const { options } = context.subject;
    const declared = Object.entries(options.invariants);
    if (declared.length === 0) throw new Undeclared("no invariants are declared");
    await using session = await ownSession(context, {
      who: "owner",
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    const found: Invariant[] = [];
    for (const [title, text] of declared)
      found.push(await countBreaking(session, { title, text, auditor: options.rls?.auditor }));
    return found;
  },
});

/** Asked of every row: over hidden ones a rule would always hold. */
export async function countBreaking(
  session: SqlSession,
  asked: { title: string; text: string; auditor: Auditor },
): Promise<Invariant> {
  const { title, text, auditor } = asked;
  try {
    const rows = await withEveryRow(session, auditor, () => session.query(limited(text)));
    return { title, rows: rows.length, problem: undefined };
  } catch (thrown) {
    return { title, rows: 0, problem: withoutValues(thrown) };
  }
}

/** A line of its own for the closing parenthesis, so that a comment at the end of the text does not swallow it. */
function limited(text: string): string {
  return `select 1 from (${text.trim().replace(/;$/, "")}\n) broken limit ${COUNTED_ROWS}`;
}
