import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** One entry of a directory tree; paths are relative, with "/". */
export type ListedFile =
  | { readonly path: string; readonly kind: "directory" }
  | { readonly path: string; readonly kind: "link"; readonly to: string }
  | {
      readonly path: string;
      readonly kind: "file";
      readonly sizeBytes: number;
      readonly sha256: string;
      readonly isExecutable: boolean;
    };

const AT_ONCE = 16;

/** Everything below a directory, parents before children. Sockets and devices are no part of a release. */
export async function listFiles(directory: string): Promise<ListedFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort((a, b) => (a < b ? -1 : 1));
  const listed: (ListedFile | undefined)[] = new Array(paths.length).fill(undefined);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < paths.length; at = next++) {
      const path = paths[at];
      if (path !== undefined) listed[at] = await entryOf(directory, path);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return listed.filter((each) => each !== undefined);
}

async function entryOf(directory: string, path: string): Promise<ListedFile | undefined> {
  const whole = join(directory, path);
  const stats = await lstat(whole);
  if (stats.isDirectory()) return { path, kind: "directory" };
  if (stats.isSymbolicLink()) return { path, kind: "link", to: await readlink(whole) };
  if (!stats.isFile()) return undefined;
  return {
    path,
    kind: "file",
    sizeBytes: stats.size,
    sha256: await hashOf(whole),
    isExecutable: (stats.mode & 0o100) !== 0,
  };
}

export async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
