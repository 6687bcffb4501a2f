import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { UserError } from "../model/errors.ts";

const MEANINGS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be opened by this user",
  EPERM: "may not be changed by this user",
  EISDIR: "is a directory",
  ENOTDIR: "lies below something that is not a directory",
  ENOSPC: "cannot be written: the disk is full",
  EDQUOT: "cannot be written: the disk quota is used up",
  EROFS: "is on a read-only file system",
  EEXIST: "is there already and is not a directory",
};

/** What a file system refuses, as something the user can mend: the folder in the way is named, not what was to be in it. */
export async function refusal(path: string, code: string, thrown: unknown): Promise<UserError> {
  const refused = (thrown as { path?: unknown }).path;
  const barrier = ["EACCES", "EPERM", "EROFS"].includes(code)
    ? await barrierTo(typeof refused === "string" ? refused : path)
    : undefined;
  if (!barrier)
    return new UserError(`${path} ${MEANINGS[code] ?? `cannot be used (${code})`}`, {
      where: path,
      cause: thrown,
    });
  const { at, cannot } = barrier;
  const isReadOnly = code === "EROFS";
  return new UserError(
    `${at} ${isReadOnly ? "is on a read-only file system" : `may not be ${cannot} by this user`}`,
    {
      where: path,
      fix: isReadOnly ? "work in a copy of it that can be written to, or mount it so" : await wayIn(at),
      cause: thrown,
    },
  );
}

interface Barrier {
  readonly at: string;
  readonly cannot: "entered" | "written to" | "read";
}

/** The first folder on the way that lets nobody by, or the last there is, where nothing may be made. */
async function barrierTo(path: string): Promise<Barrier | undefined> {
  const way = [path];
  for (let above = dirname(path); above !== way[0]; above = dirname(above)) way.unshift(above);
  let last = "/";
  for (const each of way) {
    const found = await stat(each).catch((thrown: NodeJS.ErrnoException) => thrown.code);
    if (found === "ENOENT")
      return (await can(last, constants.W_OK)) ? undefined : { at: last, cannot: "written to" };
    if (typeof found !== "object") return undefined;
    if (found.isDirectory() && !(await can(each, constants.X_OK))) return { at: each, cannot: "entered" };
    last = each;
  }
  if (!(await can(path, constants.R_OK))) return { at: path, cannot: "read" };
  return (await can(path, constants.W_OK)) ? undefined : { at: path, cannot: "written to" };
}

async function can(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

async function wayIn(at: string): Promise<string> {
  const owner = (await stat(at).catch(() => undefined))?.uid;
  const [own = at] = /^.*?\/\.gonogo(?=\/|$)/.exec(at) ?? [];
  const isOurs = own !== at || at.endsWith("/.gonogo");
  const { username, uid } = me();
  if (owner === uid) return `chmod u+rwx ${at}`;
  // All in .gonogo is Gonogo's own; what else lies in a folder of the user's is not to change hands by the way.
  const change = isOurs ? `sudo chown -R ${username} ${own}` : `sudo chown ${username} ${at}`;
  return `run it as the user it belongs to${owner === undefined ? "" : ` (${owner === 0 ? "root" : `uid ${owner}`})`}, or: ${change}`;
}

function me(): { username: string; uid: number } {
  try {
    return userInfo();
  } catch {
    // A user without an entry: the usual one of a container that is started with a number.
    const uid = process.getuid?.() ?? -1;
    return { username: String(uid), uid };
  }
}
