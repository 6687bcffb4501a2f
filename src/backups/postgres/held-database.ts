import { quoteLiteral } from "../../components/postgres/identifiers.ts";
import type { Doors, SqlSession } from "../../model/doors.ts";
import { UserError } from "../../model/errors.ts";
import type { Secret } from "../../model/secret.ts";

/** Of the lock that a restore holds in the database it fills. */
export const RESTORE_LOCK = 7_676_004;
/** So long a server may take to see that a killed restore is gone. */
const WAIT_MS = 2_000;
const PAUSE_MS = 50;

// In a transaction: behind a transaction pooler a session's lock would outlive its client. The server asks after a
// client that says nothing, so that the lock of a machine that is gone goes too.
const BEGIN = `
  begin;
  set local idle_in_transaction_session_timeout = 0;
  set local tcp_keepalives_idle = 30; set local tcp_keepalives_interval = 10; set local tcp_keepalives_count = 3;
  select set_config(name, '0', true) from pg_settings where name = 'transaction_timeout';`;

const HOLDER = `
  select a.pid, a.application_name as name, to_char(a.xact_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since,
         host(a.client_addr) as address
  from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'advisory' and l.granted and l.classid = 0 and l.objid = ${RESTORE_LOCK} and l.objsubid = 1
    and l.database = (select oid from pg_database where datname = current_database())`;

export interface HeldDatabase extends AsyncDisposable {
  /** Of this database and no other, also of none that was made anew under its name. */
  readonly identity: string;
}

/**
 * Makes this process the only one that restores into a database; it lets go when it is disposed, and when the process
 * ends, however it ends. Throws UserError naming who restores into it.
 */
export async function holdDatabase(
  url: Secret,
  /** `backup`: its id, or the time that is restored. */
  at: { readonly backup: string; readonly doors: Doors; readonly signal: AbortSignal },
): Promise<HeldDatabase> {
  const { backup, doors, signal } = at;
  const { clock } = doors;
  const session = await doors.sql.open(url, { signal });
  try {
    const name = `gonogo restore of ${backup}, process ${process.pid}`;
    await session.query(`${BEGIN} set local application_name = ${quoteLiteral(name)}`);
    const deadline = clock.monotonicMs() + WAIT_MS;
    while (!(await tryLock(session))) {
      if (clock.monotonicMs() > deadline) throw await heldBy(session);
      await clock.delay(PAUSE_MS, signal);
    }
    const identity = await identityOf(session);
    return { identity, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
  } catch (thrown) {
    await session[Symbol.asyncDispose]();
    throw thrown;
  }
}

async function tryLock(session: SqlSession): Promise<boolean> {
  const [row] = await session.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(${RESTORE_LOCK}) as held`,
  );
  return row?.held === true;
}

async function heldBy(session: SqlSession): Promise<UserError> {
  const [database] = await session.query<{ name: string }>("select current_database()::text as name");
  const [holder] = await session.query<{
    pid: number;
    name: string | null;
    since: string | null;
    address: string | null;
  }>(HOLDER);
  const who = holder?.name || "somebody else's restore";
  const since = holder?.since ? `, since ${holder.since}` : "";
  const from = holder?.address ? `, from ${holder.address}` : "";
  return new UserError(`the database ${database?.name} is being restored into: ${who}${since}${from}`, {
    fix: holder
      ? `wait for it; if it is gone, select pg_terminate_backend(${holder.pid}) on that server`
      : "it has just ended: try again",
  });
}

/** The server's number, where it may be asked, and the database's: a new server gives the same ones again. */
async function identityOf(session: SqlSession): Promise<string> {
  const [row] = await session.query<{ oid: number; told: boolean }>(
    `select oid, has_function_privilege('pg_control_system()', 'execute') as told
     from pg_database where datname = current_database()`,
  );
  const [server] = row?.told
    ? await session.query<{ id: string }>("select system_identifier::text as id from pg_control_system()")
    : [];
  return `${server?.id ?? ""}/${row?.oid ?? ""}`;
}
