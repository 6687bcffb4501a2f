import type { Doors, SqlSession } from "../../model/doors.ts";
import { messageOf, OutsideError, UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";
import { type DumpedTable, listTables, quotedTable, readAlike } from "./contents.ts";

/** One moment of a database, held still for pg_dump and for the counts that go with the dump. */
export interface Snapshot extends AsyncDisposable {
  readonly id: string;
  readonly takenAt: number;
  readonly database: string;
  readonly serverVersion: string;
  readonly serverMajor: number;
  readonly nextTransaction: string;
  readonly tables: readonly DumpedTable[];
  /** A session of its own that sees exactly this moment. */
  session(): Promise<SqlSession>;
}

const ATTEMPTS = 5;
/** One statement locks this many tables. */
const LOCKS_AT_ONCE = 500;

/**
 * Takes a snapshot and keeps every table of it from being dropped or altered until it is disposed. A table that goes
 * between the two is a reason to take another. Throws UserError when the role may not read a table.
 */
export async function takeSnapshot(url: Secret, doors: Doors, signal: AbortSignal): Promise<Snapshot> {
  for (let attempt = 1; ; attempt++) {
    const holder = await doors.sql.open(url, { statementTimeoutMs: 0, signal });
    try {
      return await holdStill(holder, { url, doors, signal });
    } catch (thrown) {
      await holder[Symbol.asyncDispose]();
      const said = messageOf(thrown);
      if (/permission denied/.test(said)) {
        throw new UserError(`this role may not read everything that is to be backed up: ${said}`, {
          fix: "back up as the owner of the tables, or grant pg_read_all_data to the role",
        });
      }
      if (/\[SQLSTATE 55P03\]/.test(said)) {
        throw new OutsideError(
          `another session has locked a table for a minute, so it cannot be read: ${said}`,
          {
            retryable: true,
          },
        );
      }
      if (!/\[SQLSTATE 42P01\]/.test(said)) throw thrown;
      if (attempt === ATTEMPTS) {
        throw new OutsideError(
          `tables were dropped faster than a snapshot could be taken, ${ATTEMPTS} times: ${said}`,
          { retryable: true },
        );
      }
    }
  }
}

async function holdStill(
  holder: SqlSession,
  { url, doors, signal }: { url: Secret; doors: Doors; signal: AbortSignal },
): Promise<Snapshot> {
  await holder.query("begin transaction isolation level repeatable read, read only");
  await readAlike(holder);
  const takenAt = doors.clock.now();
  const [about] = await holder.query<
    Omit<Snapshot, "tables" | "session" | "takenAt" | typeof Symbol.asyncDispose>
  >(`
    select pg_export_snapshot() as id, current_database()::text as database,
           split_part(current_setting('server_version'), ' ', 1) as "serverVersion",
           current_setting('server_version_num')::int / 10000 as "serverMajor",
           txid_snapshot_xmax(txid_current_snapshot())::text as "nextTransaction"`);
  if (!about) throw new OutsideError("the database told nothing about itself");
  const tables = await listTables(holder);
  for (let at = 0; at < tables.length; at += LOCKS_AT_ONCE) {
    const names = tables.slice(at, at + LOCKS_AT_ONCE).map(quotedTable);
    await holder.query(`lock table only ${names.join(", only ")} in access share mode`);
  }
  return {
    ...about,
    takenAt,
    tables,
    async session() {
      const session = await doors.sql.open(url, { statementTimeoutMs: 0, signal });
      await session.query("begin transaction isolation level repeatable read, read only");
      await session.query(`set transaction snapshot '${about.id}'`);
      await readAlike(session);
      return session;
    },
    [Symbol.asyncDispose]: () => holder[Symbol.asyncDispose](),
  };
}
