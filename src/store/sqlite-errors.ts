import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../model/errors.ts";

const BUSY = 5;
const FULL = 13;

/** https://sqlite.org/rescode.html, primary codes. */
const EXPLAINED: Readonly<Record<number, { what: string; fix: string }>> = {
  [BUSY]: {
    what: "another process holds the store and does not let go",
    fix: "wait for the other gonogo command, or end it",
  },
  8: { what: "the store may not be written", fix: "make the file and its directory writable for this user" },
  10: { what: "the disk does not read or write the store", fix: "check the disk and its free space" },
  11: {
    what: "the store is damaged",
    fix: "move the file away; the next command begins a new store (`sqlite3 FILE .recover` may save rows)",
  },
  [FULL]: {
    what: "no space left on the disk for the store",
    fix: "free some space and run the command again",
  },
  14: { what: "the store cannot be opened", fix: "create its directory and make it writable for this user" },
  26: {
    what: "the file is not a Gonogo store, or it is damaged",
    fix: "move the file away; the next command begins a new store",
  },
};

/** Primary SQLite result code; undefined for anything that SQLite did not say. */
function codeOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !("errcode" in thrown)) return undefined;
  return typeof thrown.errcode === "number" ? thrown.errcode & 0xff : undefined;
}

/** Another connection holds the lock that is needed. */
export function isBusy(thrown: unknown): boolean {
  return codeOf(thrown) === BUSY;
}

const BUSY_PAUSE_MS = 10;
const BUSY_ATTEMPTS = 1_000;

/**
 * Runs again while somebody else holds the lock, for ten seconds at least. SQLite's own busy time-out would wait
 * with the whole process standing still, and then a second store in this process could never let go.
 */
export async function patiently<T>(run: () => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return run();
    } catch (thrown) {
      if (codeOf(thrown) !== BUSY || attempt === BUSY_ATTEMPTS) throw thrown;
      await wait(BUSY_PAUSE_MS);
    }
  }
}

/** SQLITE_IOERR_SHMSIZE: the file by which processes share the store could not be made, for want of space. */
export function isWithoutRoomToShare(thrown: unknown): boolean {
  return thrown instanceof Error && "errcode" in thrown && thrown.errcode === 4_874;
}

/** A UserError naming the file and the fix where SQLite's answer is one a user can mend; else what was thrown. */
export function explainSqlite(thrown: unknown, file: string): unknown {
  const code = codeOf(thrown) ?? 0;
  const known = EXPLAINED[code];
  if (!known) return thrown;
  const kept = `; \`du -xsh ${dirname(file)}/*/*\` shows what Gonogo keeps there: releases, backups, logs`;
  const fix = code === FULL ? known.fix + kept : known.fix;
  return new UserError(known.what, { where: file, fix, cause: thrown });
}
