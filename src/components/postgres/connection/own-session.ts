import type { SqlSession } from "../../../model/doors.ts";
import { type FactContext, NotObserved } from "../../../model/fact.ts";
import type { PostgresOptions } from "../options.ts";
import { reached, type Who } from "./facts.ts";

/**
 * For what the session that facts share is not for: transactions, writes, statements of more than five seconds. The
 * caller closes it. Throws NotObserved where there is no connection, OutsideError where this one is refused.
 */
export async function ownSession(
  context: FactContext<PostgresOptions>,
  options: { readonly who: Who; readonly statementTimeoutMs: number; readonly readOnly?: boolean },
): Promise<SqlSession> {
  const { who, ...settings } = options;
  const { variable } = await reached(context, who);
  const url = context.subject.variables.values.get(variable)?.value;
  if (!url) throw new NotObserved(`${variable} is not set`);
  return context.doors.sql.open(url, { ...settings, signal: context.signal });
}
