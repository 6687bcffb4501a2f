import type { SqlSession } from "../../../model/doors.ts";

/** Settings under which a session sees every row; undefined where none are declared. */
export type Auditor = Readonly<Record<string, string>> | undefined;

/**
 * Asks where row level security hides nothing: as the auditor, or else with it off, so that PostgreSQL refuses a
 * statement rather than leave rows out of it. Everything in one transaction: behind a transaction pooler a setting
 * would stay with somebody else's connection.
 */
export async function withEveryRow<Answer>(
  session: SqlSession,
  auditor: Auditor,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  await session.query("begin");
  try {
    if (!auditor) await session.query("set local row_security = off");
    for (const [name, value] of Object.entries(auditor ?? {}))
      await session.query("select set_config($1, $2, true)", [name, value]);
    return await ask();
  } finally {
    await session.query("rollback");
  }
}
