import type { Clock } from "../../model/doors.ts";
import { LOCKS } from "../postgres-dialect.ts";
import { inUse, type Watcher, type WatchLock } from "../watch-lock.ts";
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

/**
 * Makes this process the only watcher of an environment until disposed. The lock is an advisory one of a connection:
 * the server lets go of it when the connection is gone, however that came about. Throws UserError naming who has it.
 */
export async function lockWatchRow(
  place: Place,
  me: Omit<Watcher, "since">,
  clock: Clock,
): Promise<WatchLock> {
  const { session, environment } = place;
  const connection = await session.connection();
  const since = clock.now();
  const lost = new AbortController();
  connection.onLost(() => lost.abort(new Error("the connection that made this the only watcher is gone")));
  try {
    const { rows } = await connection.query<{ held: boolean }>(
      "select pg_try_advisory_lock($1, hashtext($2)) as held",
      [LOCKS.watch, keyOf(place)],
    );
    if (!rows[0]?.held) throw inUse(await watcherRow(place));
    await connection.query(
      `insert into watcher values ($1, $2, $3, $4) on conflict (environment)
       do update set who = excluded.who, pid = excluded.pid, since = excluded.since`,
      [environment, me.who, me.pid, since],
    );
  } catch (thrown) {
    connection.release(true);
    throw thrown;
  }
  let isHeld = true;
  return {
    ...me,
    since,
    lost: lost.signal,
    async [Symbol.asyncDispose]() {
      if (!isHeld) return;
      isHeld = false;
      await connection
        .query("delete from watcher where environment = $1", [environment])
        .catch(() => undefined);
      // Closed rather than given back: with it goes the lock.
      connection.release(true);
    },
  };
}

/** Who watches now; undefined when nobody does. Asking takes nothing from anybody. */
export async function currentWatcherRow(place: Place): Promise<Watcher | undefined> {
  const held = await place.session.rows(
    `select 1 from pg_locks where locktype = 'advisory' and granted and objsubid = 2
       and database = (select oid from pg_database where datname = current_database())
       and classid = $1::bigint::oid and objid = (hashtext($2)::bigint & 4294967295)::oid`,
    [LOCKS.watch, keyOf(place)],
  );
  return held.length === 0 ? undefined : await watcherRow(place);
}

async function watcherRow({ session, environment }: Place): Promise<Watcher | undefined> {
  const [row] = await session.rows<Watcher>("select who, pid, since from watcher where environment = $1", [
    environment,
  ]);
  return row;
}

function keyOf({ schema, environment }: Place): string {
  return `${schema}/${environment}`;
}
