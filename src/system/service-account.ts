import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";

/** Whom a supplied service runs as when Gonogo itself is root. */
export interface ServiceAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The first of these users that exists, when we are root; undefined when we are not, and the service runs as us.
 * Throws UserError when we are root and there is none.
 */
export async function serviceAccount(
  doors: Doors,
  names: readonly string[],
): Promise<ServiceAccount | undefined> {
  if ((await idOf(doors, [])) !== 0) return undefined;
  for (const name of names) {
    const uid = await idOf(doors, [name]);
    const gid = await idOf(doors, ["-g", name]);
    if (uid !== undefined && uid !== 0 && gid !== undefined) return { name, uid, gid };
  }
  throw new UserError(
    `a service is not run as root, and there is no user ${names.join(" or ")} to run it as`,
    {
      fix: `useradd --system --shell /usr/sbin/nologin ${names[0]}`,
    },
  );
}

async function idOf(doors: Doors, args: readonly string[]): Promise<number | undefined> {
  const asked = args[0] === "-g" ? args : ["-u", ...args];
  const result = await doors.shell.run({ file: "id", args: asked, timeoutMs: 10_000 });
  return result.code === 0 ? Number(result.stdout.trim()) : undefined;
}

/** Where a service keeps its data. */
export interface ServiceHome {
  readonly directory: string;
  /** Not below the environment's own directory: whoever purges the environment has to remove it too. */
  readonly isOutside: boolean;
}

const OUTSIDE = "/var/lib/gonogo";
const OWN = /^\/var\/lib\/gonogo\/[0-9a-f]{16}$/;
/** Written into the environment's directory, so that a purge finds what lies outside of it. */
const LIST = "outside.json";
/** Written into what lies outside: the directory it was made for. */
const OWNER = "made-for";

/**
 * A directory of the service's own, mode 0700, owned by whoever runs it. Below `directory` where its user can get
 * there; a project in a home directory that others may not enter keeps it in /var/lib/gonogo instead, and
 * `outside.json` in `directory` names it. Once chosen it stays.
 */
export async function serviceHome(options: {
  readonly directory: string;
  readonly account: ServiceAccount | undefined;
  readonly doors: Doors;
}): Promise<ServiceHome> {
  const { directory, account, doors } = options;
  const inside = join(directory, "home");
  if (!account) {
    await doors.files.makeDirectory(inside, { mode: 0o700 });
    return { directory: inside, isOutside: false };
  }
  const [known] = await outsideDirectories(doors, directory);
  const stays = known !== undefined || (await doors.files.stat(inside)) !== undefined;
  const isOutside = stays ? known !== undefined : !(await mayEnter(doors, account, directory));
  const home = isOutside ? (known ?? join(OUTSIDE, nameFor(directory))) : inside;
  if (isOutside) {
    await doors.files.makeDirectory(OUTSIDE, { mode: 0o755 });
    await doors.files.write(join(directory, LIST), JSON.stringify({ directories: [home] }), { mode: 0o600 });
  }
  await doors.files.makeDirectory(home, { mode: 0o700 });
  if (isOutside) await doors.files.write(join(home, OWNER), directory, { mode: 0o600 });
  await giveTo(doors, account, [home]);
  return { directory: home, isOutside };
}

/** Directories outside of an environment's own that belong to the service that keeps `directory`. */
export async function outsideDirectories(doors: Doors, directory: string): Promise<readonly string[]> {
  const text = await doors.files.read(join(directory, LIST));
  if (text === undefined) return [];
  const { directories } = JSON.parse(text) as { directories?: unknown };
  if (!Array.isArray(directories)) return [];
  // What stands here is going to be removed: nothing but a directory of our own making, made for this one.
  const ours = directories.filter((each) => typeof each === "string" && OWN.test(each)) as string[];
  const isOwned = await Promise.all(ours.map((home) => belongsTo(directory, home, doors)));
  return ours.filter((_, index) => isOwned[index]);
}

/**
 * A project that was copied with its state names the original's directories too: they stay the original's. One that
 * was moved has left nothing at its old place, and keeps them.
 */
async function belongsTo(directory: string, home: string, doors: Doors): Promise<boolean> {
  const owner = await doors.files.read(join(home, OWNER));
  if (owner === undefined) return home === join(OUTSIDE, nameFor(directory));
  return owner === directory || (await doors.files.stat(owner)) === undefined;
}

/** Owner and group of these paths; nothing below them changes. */
export async function giveTo(
  doors: Doors,
  account: ServiceAccount | undefined,
  paths: readonly string[],
): Promise<void> {
  if (!account) return;
  const owner = `${account.uid}:${account.gid}`;
  const result = await doors.shell.run({ file: "chown", args: ["--", owner, ...paths], timeoutMs: 10_000 });
  if (result.code !== 0) {
    throw new UserError(`${paths.join(", ")} cannot be given to ${account.name}: ${result.stderr.trim()}`);
  }
}

async function mayEnter(doors: Doors, { uid, gid }: ServiceAccount, directory: string): Promise<boolean> {
  const result = await doors.shell.run({
    file: "test",
    args: ["-x", directory],
    uid,
    gid,
    timeoutMs: 10_000,
  });
  return result.code === 0;
}

function nameFor(directory: string): string {
  return createHash("sha256").update(directory).digest("hex").slice(0, 16);
}
