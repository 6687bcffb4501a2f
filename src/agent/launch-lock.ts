import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { messageOf, UserError } from "../model/errors.ts";
import { pause } from "./client.ts";
import { identify, isRunning, type ProcessIdentity } from "./instances/process-table.ts";

const POLL_MS = 50;

/**
 * Held by whoever starts or ends the agent of this directory: two commands at once must not start two parents, and what
 * one has just started the other must not end. A lock whose holder is gone does not count. Throws UserError.
 */
export async function takeLaunchLock(stateDirectory: string, signal: AbortSignal): Promise<AsyncDisposable> {
  const path = join(stateDirectory, "launch.lock");
  const name = randomUUID();
  const mine = { file: `${path}.${name}`, text: JSON.stringify({ ...identify(process.pid), name }) };
  await using _ = { [Symbol.asyncDispose]: () => rm(mine.file, { force: true }) };
  await writeMine(mine);
  while (!(await isTaken(mine, path))) {
    if (await isStale(path)) await clearStale(path, `${mine.file}.stale`);
    else await pause(POLL_MS, signal);
  }
  return {
    async [Symbol.asyncDispose]() {
      // Gone with a directory that was purged, it may be another's by now.
      if ((await textOf(path)) === mine.text) await rm(path, { force: true });
    },
  };
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
    // Whoever held it has purged the environment.
    if (code === "ENOENT") await writeMine(mine);
    else if (code !== "EEXIST") throw unwritable(path, thrown);
    return false;
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

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

/** Put aside before it is removed: what another command has put there since it was looked at goes back. */
async function clearStale(path: string, aside: string): Promise<void> {
  await rename(path, aside).catch(unlessGone);
  try {
    if (!(await isStale(aside))) await link(aside, path).catch(unlessGone);
  } finally {
    await rm(aside, { force: true });
  }
}

function unlessGone(thrown: NodeJS.ErrnoException): void {
  if (thrown.code !== "ENOENT") throw thrown;
}

async function isStale(path: string): Promise<boolean> {
  const text = await textOf(path);
  if (text === undefined) return false;
  try {
    return !isRunning(JSON.parse(text) as ProcessIdentity);
  } catch {
    return true;
  }
}
