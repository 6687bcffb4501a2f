import { UserError } from "../model/errors.ts";

const BUSY = 5;

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
  13: { what: "no space left on the disk for the store", fix: "free some space and run the command again" },
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

export function isBusy(thrown: unknown): boolean {
  return codeOf(thrown instanceof UserError ? thrown.cause : thrown) === BUSY;
}

/** A UserError naming the file and the fix where SQLite's answer is one a user can mend; else what was thrown. */
export function explainSqlite(thrown: unknown, file: string): unknown {
  const known = EXPLAINED[codeOf(thrown) ?? 0];
  return known ? new UserError(known.what, { where: file, fix: known.fix, cause: thrown }) : thrown;
}
