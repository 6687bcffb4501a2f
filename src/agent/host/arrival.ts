import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import { OutsideError, UserError } from "../../model/errors.ts";
import { keptReleases } from "../release-shelf.ts";
import { hashOf, type ListedFile } from "./file-list.ts";

/* How a release's code comes to a host: the list first, then a tar of what no earlier release has. */

export interface Expected {
  readonly id: string;
  readonly files: readonly ListedFile[];
}

type OrdinaryFile = Extract<ListedFile, { kind: "file" }>;

const ARRIVING = "arriving";
const LIST = "files.json";

/** Takes what earlier releases have, checked byte by byte; returns the paths that have to be sent. */
export async function expectRelease(base: string, { id, files }: Expected): Promise<{ missing: string[] }> {
  const releases = join(base, "releases");
  const kept = await keptReleases(join(base, "agent"));
  if (kept.includes(id)) throw new UserError(`release ${id} is here already`);
  // Under the deploy lock: what the agent does not know was left by an upload that was cut.
  for (const name of await readdir(releases).catch(() => [])) {
    if (!kept.includes(name) && name !== id) await rm(join(releases, name), { recursive: true, force: true });
  }
  const into = join(releases, id, ARRIVING);
  await mkdir(into, { recursive: true, mode: 0o700 });
  const known = await knownContents(releases, kept);
  const asked = new Set<string>();
  const missing: string[] = [];
  for (const file of files) {
    const path = inside(into, file.path);
    if (file.kind === "directory") await mkdir(path, { recursive: true });
    if (file.kind !== "file" || (await hasArrived(file, path))) continue;
    if (await takeKnown(file, path, known.get(file.sha256))) continue;
    if (!asked.has(file.sha256)) missing.push(file.path);
    asked.add(file.sha256);
  }
  await writeFile(join(releases, id, LIST), JSON.stringify(files), { mode: 0o600 });
  return { missing };
}

/** Unpacks what was sent and puts the release in its place, when every file is what the list says. */
export async function receiveRelease(
  base: string,
  { id, tar }: { id: string; tar: Readable },
): Promise<{ files: number; sizeBytes: number }> {
  const folder = join(base, "releases", id);
  const into = join(folder, ARRIVING);
  const files = JSON.parse(await readFile(join(folder, LIST), "utf8")) as ListedFile[];
  await unpack(tar, into);
  const ordinary = files.filter((file) => file.kind === "file");
  const arrived = new Map<string, string>();
  const wrong: string[] = [];
  for (const file of ordinary) {
    const path = inside(into, file.path);
    const isThere = (await hasArrived(file, path)) || (await takeKnown(file, path, arrived.get(file.sha256)));
    if (isThere) arrived.set(file.sha256, path);
    else wrong.push(file.path);
  }
  if (wrong.length > 0) {
    const named = wrong.slice(0, 3).join(", ");
    throw new OutsideError(`${wrong.length} of ${ordinary.length} files did not arrive whole: ${named}`, {
      retryable: true,
    });
  }
  for (const file of files) {
    const path = inside(into, file.path);
    if (file.kind === "file") await chmod(path, file.isExecutable ? 0o755 : 0o644);
    if (file.kind === "link") await symlink(file.to, path);
  }
  await rename(into, join(folder, "code"));
  return { files: ordinary.length, sizeBytes: ordinary.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}

/** Contents of the releases that are kept, by hash. A program may have changed its files since: whoever copies looks. */
async function knownContents(
  releases: string,
  kept: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  for (const id of kept) {
    const text = await readFile(join(releases, id, LIST), "utf8").catch(() => "[]");
    for (const file of JSON.parse(text) as ListedFile[]) {
      if (file.kind === "file") known.set(file.sha256, join(releases, id, "code", file.path));
    }
  }
  return known;
}

/** Also by an earlier try that was cut. */
async function hasArrived(file: OrdinaryFile, path: string): Promise<boolean> {
  return (await hashOf(path).catch(() => undefined)) === file.sha256;
}

async function takeKnown(file: OrdinaryFile, path: string, from: string | undefined): Promise<boolean> {
  if (from === undefined) return false;
  try {
    // Shares the blocks where the file system can (btrfs, xfs), copies where not.
    await copyFile(from, path, constants.COPYFILE_FICLONE);
    if ((await hashOf(path)) === file.sha256) return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOSPC") throw thrown;
  }
  await rm(path, { force: true });
  return false;
}

function unpack(tar: Readable, into: string): Promise<void> {
  return new Promise((done, reject) => {
    const child = spawn("tar", ["--no-same-owner", "-xzf", "-", "-C", into], {
      stdio: ["pipe", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said = `${said}${chunk.toString("utf8")}`.slice(-2_000);
    });
    child.once("error", (error) => reject(new UserError(`there is no tar here: ${error.message}`)));
    child.once("close", (code) => {
      if (code === 0) done();
      else
        reject(new OutsideError(`what was sent could not be unpacked: ${said.trim()}`, { retryable: true }));
    });
    child.stdin.on("error", () => undefined);
    tar.pipe(child.stdin);
  });
}

function inside(directory: string, path: string): string {
  const whole = resolve(directory, path);
  if (!whole.startsWith(directory + sep) || dirname(whole).includes("\0")) {
    throw new UserError(`${path} lies outside of its release`);
  }
  return whole;
}
