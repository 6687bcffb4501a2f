import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import { explainSqlite, isBusy } from "./sqlite-errors.ts";

/** Who watches an environment. */
export interface Watcher {
  /** "ada@laptop" */
  readonly who: string;
  readonly pid: number;
  /** Milliseconds since 1970 UTC. */
  readonly since: number;
}

/** Held by the one watcher of an environment until disposed. */
export interface WatchLock extends Watcher, AsyncDisposable {
  /** Aborted when it is held no more although nobody let go: somebody else may watch already. */
  readonly lost: AbortSignal;
}

/**
 * Makes this process the only watcher of an environment until disposed. SQLite's write lock is the lock: the kernel
 * lets go of it the moment its process is gone, however that came about. Throws UserError naming who has it.
 */
export function lockWatch(file: string, me: Omit<Watcher, "since">, clock: Clock): Disposable & Watcher {
  const since = clock.now();
  const database = openFile(file);
  try {
    database.exec("begin immediate");
    database
      .prepare(
        "insert into watcher values (1, ?, ?, ?) on conflict (id) do update set who = excluded.who, pid = excluded.pid, since = excluded.since",
      )
      .run(me.who, me.pid, since);
    // Written for others to read, then held again. Whoever slips in between has won, and is named.
    database.exec("commit");
    database.exec("begin immediate");
  } catch (thrown) {
    const holder = isBusy(thrown) ? watcherIn(database) : undefined;
    database.close();
    if (!holder && !isBusy(thrown)) throw explainSqlite(thrown, file);
    throw inUse(holder);
  }
  return {
    ...me,
    since,
    [Symbol.dispose]() {
      if (!database.isOpen) return;
      database.exec("delete from watcher; commit");
      database.close();
    },
  };
}

/** Who watches now; undefined when nobody does. */
export function currentWatcher(file: string): Watcher | undefined {
  const database = openFile(file);
  try {
    database.exec("begin immediate; rollback");
    return undefined;
  } catch (thrown) {
    if (isBusy(thrown)) return watcherIn(database);
    throw explainSqlite(thrown, file);
  } finally {
    database.close();
  }
}

function openFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 200 });
  try {
    database.exec("pragma journal_mode = wal");
    database.exec(
      "create table if not exists watcher (id integer primary key, who text not null, pid integer not null, since integer not null)",
    );
    return database;
  } catch (thrown) {
    // Somebody holds it: the table is there, or is made by whoever asks next.
    if (isBusy(thrown)) return database;
    database.close();
    throw explainSqlite(thrown, file);
  }
}

function watcherIn(database: DatabaseSync): Watcher | undefined {
  const row = database.prepare("select who, pid, since from watcher").get();
  return row as unknown as Watcher | undefined;
}

export function inUse(holder: Watcher | undefined): UserError {
  const who = holder
    ? `${holder.who} watches it already, process ${holder.pid}, since ${new Date(holder.since).toISOString()}`
    : "another process watches it already";
  return new UserError(who, {
    fix: "end that one first, or leave it be: two would ask and tell everything twice",
  });
}
