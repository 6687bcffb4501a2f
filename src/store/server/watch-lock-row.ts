import type { Clock } from "../../model/doors.ts";
import type { SqlConnection } from "../../system/sql-pool.ts";
import { LOCKS } from "../postgres-dialect.ts";
import {
  inUse,
  keepLease,
  type Me,
  TakenOver,
  WATCH_LEASE,
  type Watcher,
  type WatchLease,
  type WatchLock,
} from "../watch-lease.ts";
import type { ServerSession } from "./session.ts";

/** Told while the lock is held; what is left of one that was killed is overwritten by the next. */
export const WATCHER_TABLE = `create table watcher (
  environment text primary key,
  who text not null,
  pid integer not null,
  since bigint not null
)`;

interface Place {
  readonly session: ServerSession;
  readonly schema: string;
  readonly environment: string;
}

/** When a watcher last said that it lives, by the server's clock; 0 while it never did. */
export const WATCHER_SEEN = "alter table watcher add column seen bigint not null default 0";

const SERVER_NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
const MINE = "environment = $1 and who = $2 and pid = $3 and since = $4";

/**
 * Makes this process the only watcher of an environment until disposed. The lock is an advisory one of a connection:
 * the server lets go of it when the connection is gone, however that came about. One that stands still keeps its
 * connection, so it also says again and again that it lives; when that is too long ago, whoever comes next has the
 * server end the connection. Throws UserError naming who has it.
 */
export async function lockWatchRow(
  place: Place,
  me: Me,
  clock: Clock,
  lease: WatchLease = WATCH_LEASE,
): Promise<WatchLock> {
  const { session, environment } = place;
  const connection = await session.connection();
  const since = clock.now();
  const key = [environment, me.who, me.pid, since];
  const lost = new AbortController();
  let stoodMs = (): number => 0;
  connection.onLost(() => void tellLost());
  async function tellLost(): Promise<void> {
    const stood = stoodMs();
    const by = stood > lease.leaseMs ? await watcherRow(place).catch(() => undefined) : undefined;
    const isMine = by?.who === me.who && by.pid === me.pid && by.since === since;
    const reason =
      by && !isMine
        ? new TakenOver({ stoodMs: stood, by })
        : new Error("the connection that made this the only watcher is gone");
    if (!lost.signal.aborted) lost.abort(reason);
  }
  try {
    if (!(await tryLock(connection, place)) && !(await takeOver(connection, place, lease)))
      throw inUse(await watcherRow(place), lease);
    await connection.query(
      `insert into watcher (environment, who, pid, since, seen) values ($1, $2, $3, $4, ${SERVER_NOW})
       on conflict (environment) do update
       set who = excluded.who, pid = excluded.pid, since = excluded.since, seen = excluded.seen`,
      key,
    );
  } catch (thrown) {
    connection.release(true);
    throw thrown;
  }
  const beat = async (stood: number): Promise<void> => {
    const { affected } = await connection.query(`update watcher set seen = ${SERVER_NOW} where ${MINE}`, key);
    if (affected === 0) throw new TakenOver({ stoodMs: stood, by: await watcherRow(place) });
  };
  const kept = keepLease({ lease, clock, lost, beat });
  stoodMs = kept.stoodMs;
  let isHeld = true;
  return {
    ...me,
    since,
    lost: lost.signal,
    expectHeld: kept.expectHeld,
    async [Symbol.asyncDispose]() {
      if (!isHeld) return;
      isHeld = false;
      kept.end();
      await connection.query(`delete from watcher where ${MINE}`, key).catch(() => undefined);
      // Closed rather than given back: with it goes the lock.
      connection.release(true);
    },
  };
}

async function tryLock(connection: SqlConnection, place: Place): Promise<boolean> {
  const { rows } = await connection.query<{ held: boolean }>(
    "select pg_try_advisory_lock($1, hashtext($2)) as held",
    [LOCKS.watch, keyOf(place)],
  );
  return rows[0]?.held === true;
}

const END_TRIES = 50;

/** Whether the holder stood still for longer than its lease and has been made to let go. */
async function takeOver(connection: SqlConnection, place: Place, { leaseMs }: WatchLease): Promise<boolean> {
  const { rows } = await connection.query(
    `select 1 from watcher where environment = $1 and seen > 0 and ${SERVER_NOW} - seen > $2`,
    [place.environment, leaseMs],
  );
  if (rows.length === 0) return false;
  for (let attempt = 0; attempt < END_TRIES; attempt++) {
    await connection.query(`select pg_terminate_backend(pid) from (${HOLDERS}) as holders`, [
      LOCKS.watch,
      keyOf(place),
    ]);
    if (await tryLock(connection, place)) return true;
    await connection.query("select pg_sleep(0.1)");
  }
  return false;
}

const HOLDERS = `select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 2
  and database = (select oid from pg_database where datname = current_database())
  and classid = $1::bigint::oid and objid = (hashtext($2)::bigint & 4294967295)::oid`;

/** Who watches now; undefined when nobody does. Asking takes nothing from anybody. */
export async function currentWatcherRow(place: Place): Promise<Watcher | undefined> {
  const held = await place.session.rows(HOLDERS, [LOCKS.watch, keyOf(place)]);
  return held.length === 0 ? undefined : await watcherRow(place);
}

async function watcherRow({ session, environment }: Place): Promise<Watcher | undefined> {
  const [row] = await session.rows<Watcher>(
    "select who, pid, since, seen from watcher where environment = $1",
    [environment],
  );
  return row;
}

function keyOf({ schema, environment }: Place): string {
  return `${schema}/${environment}`;
}
