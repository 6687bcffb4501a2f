import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../model/doors.ts";
import { takeKernelLock } from "./kernel-lock.ts";
import { openShared } from "./open-shared.ts";
import { explainSqlite, isBusy } from "./sqlite-errors.ts";
import {
  inUse,
  keepLease,
  type Me,
  TakenOver,
  WATCH_LEASE,
  type Watcher,
  type WatchLease,
  type WatchLock,
} from "./watch-lease.ts";

/** The row of whoever watches; `place` is the number of the file whose kernel lock it holds. */
type Row = Watcher & { readonly place: number };

/** As many as may stand still one after the other and still be there. */
const PLACES = 16;
const PATIENCE_MS = 2_000;

/**
 * Makes this process the only watcher of an environment until disposed. It holds a lock of the kernel's on a file of
 * its own, so that one that was killed holds nothing from that moment on; and it says again and again that it lives,
 * so that one that stands still is taken over from. Throws UserError naming who has it.
 */
export function lockWatch(file: string, me: Me, clock: Clock, lease: WatchLease = WATCH_LEASE): WatchLock {
  const database = openFile(file);
  const since = clock.now();
  const { place, held } = take({ database, file, me, since, lease });
  const lost = new AbortController();
  const mine = "who = ? and pid = ? and since = ? and place = ?";
  const key = [me.who, me.pid, since, place];
  const beat = async (stoodMs: number): Promise<void> => {
    const { changes } = database.prepare(`update watch set seen = ? where ${mine}`).run(clock.now(), ...key);
    if (changes === 0) throw new TakenOver({ stoodMs, by: rowIn(database) });
  };
  const kept = keepLease({ lease, clock, lost, beat });
  return {
    ...me,
    since,
    lost: lost.signal,
    expectHeld: kept.expectHeld,
    async [Symbol.asyncDispose]() {
      kept.end();
      if (!database.isOpen) return;
      database.prepare(`delete from watch where ${mine}`).run(...key);
      database.close();
      held[Symbol.dispose]();
    },
  };
}

/** Who watches now, or stands still and holds the place; undefined when nobody does. */
export function currentWatcher(file: string): Watcher | undefined {
  const database = openFile(file);
  try {
    const row = rowIn(database);
    if (!row || isGone(file, row)) return undefined;
    const { who, pid, since, seen } = row;
    return { who, pid, since, seen };
  } finally {
    database.close();
  }
}

function take(request: {
  readonly database: DatabaseSync;
  readonly file: string;
  readonly me: Me;
  readonly since: number;
  readonly lease: WatchLease;
}): { place: number; held: Disposable } {
  const { database, file, me, since, lease } = request;
  try {
    database.exec("begin immediate");
    const row = rowIn(database);
    // A clock that was put back must not keep a place for longer than its lease either.
    const isLate = row !== undefined && Math.abs(since - row.seen) > lease.leaseMs;
    if (row && !isLate && !isGone(file, row)) throw inUse(row, lease);
    for (let place = 0; place < PLACES; place++) {
      const held = takeKernelLock(placeOf(file, place));
      if (!held) continue;
      database
        .prepare("insert or replace into watch values (1, ?, ?, ?, ?, ?)")
        .run(me.who, me.pid, since, since, place);
      database.exec("commit");
      return { place, held };
    }
    throw inUse(row, lease);
  } catch (thrown) {
    database.close();
    throw isBusy(thrown) ? inUse(undefined, lease) : explainSqlite(thrown, file);
  }
}

function isGone(file: string, { place }: Row): boolean {
  using free = takeKernelLock(placeOf(file, place));
  return free !== undefined;
}

function placeOf(file: string, place: number): string {
  return `${file}.${place}`;
}

function openFile(file: string): DatabaseSync {
  try {
    // Who watches is nothing that has to be known after a power cut.
    return openShared(file, `pragma synchronous = off; ${TABLE}`, { timeoutMs: PATIENCE_MS });
  } catch (thrown) {
    throw isBusy(thrown) ? inUse(undefined, WATCH_LEASE) : explainSqlite(thrown, file);
  }
}

const TABLE =
  "create table if not exists watch (id integer primary key, who text not null, pid integer not null, since integer not null, seen integer not null, place integer not null)";

function rowIn(database: DatabaseSync): Row | undefined {
  const row = database.prepare("select who, pid, since, seen, place from watch").get();
  return row as unknown as Row | undefined;
}
