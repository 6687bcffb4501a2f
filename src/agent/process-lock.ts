import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf, UserError } from "../model/errors.ts";
import { goesOn, ownTag, type ProcessTag } from "./process-tag.ts";

/**
 * A file that one taker at a time holds, among the processes of this machine and within each of them; undefined while
 * another does. One whose process is gone does not count. Throws UserError where it cannot be written.
 */
export async function tryProcessLock(path: string): Promise<AsyncDisposable | undefined> {
  // Nothing is written while one waits: whoever holds it may be purging the directory.
  const held = await textOf(path);
  if (held !== undefined && !isStale(held)) return undefined;
  const name = randomUUID();
  const mine = { file: `${path}.${name}`, text: JSON.stringify({ ...ownTag(), name }) };
  await using _ = { [Symbol.asyncDispose]: () => rm(mine.file, { force: true }) };
  await writeMine(mine);
  const isMine = (await isTaken(mine, path)) || ((await clearStale(path)) && (await isTaken(mine, path)));
  if (!isMine) return undefined;
  // Gone with a directory that was purged, it may be another's by now.
  return { [Symbol.asyncDispose]: () => removeAs(path, mine.text) };
}

interface Mine {
  readonly file: string;
  readonly text: string;
}

/** A link appears with its content, unlike a file that is created and then written. */
async function isTaken(mine: Mine, path: string): Promise<boolean> {
  try {
    await link(mine.file, path);
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    // ENOENT: whoever held it has purged the environment.
    if (code === "EEXIST" || code === "ENOENT") return false;
    throw unwritable(path, thrown);
  }
}

async function writeMine({ file, text }: Mine): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600 });
  } catch (thrown) {
    throw unwritable(file, thrown);
  }
}

function unwritable(path: string, cause: unknown): UserError {
  return new UserError(`cannot write to ${path}: ${messageOf(cause)}`, { cause });
}

/**
 * False: its holder goes on, or somebody else is removing it. Who removes a stale one holds a lock that is named after
 * its text: between looking and removing nobody else can have removed it and taken the name.
 */
async function clearStale(path: string): Promise<boolean> {
  const text = await textOf(path);
  if (text === undefined || !isStale(text)) return false;
  const right = `${path}.${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
  await using held = await tryProcessLock(right);
  if (held) await removeAs(path, text);
  return held !== undefined;
}

async function removeAs(path: string, text: string): Promise<void> {
  if ((await textOf(path)) === text) await rm(path, { force: true });
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

function isStale(text: string): boolean {
  try {
    return !goesOn(JSON.parse(text) as ProcessTag);
  } catch {
    return true;
  }
}
