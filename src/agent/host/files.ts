import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { HostFile } from "../../model/host.ts";

/** Files and folders as they lie there; relative paths begin at `directory`. */
export async function hostFiles(paths: readonly string[], directory: string): Promise<HostFile[]> {
  return await Promise.all(paths.map((path) => fileAt(path, resolve(directory, path))));
}

async function fileAt(path: string, whole: string): Promise<HostFile> {
  const [seen, above] = await Promise.all([lookAt(whole), lookAt(dirname(whole))]);
  if (typeof seen === "string") return { path, whole, is: seen };
  const folder = typeof above === "string" ? undefined : { mode: above.mode & 0o7777, userId: above.uid };
  // Asked of the kernel: it knows of lists of access and of file systems that are mounted to be read only.
  const wanted = constants.W_OK | (seen.isDirectory() ? constants.X_OK : 0);
  const isWritable = await access(whole, wanted).then(
    () => true,
    () => false,
  );
  return {
    path,
    whole,
    is: seen.isDirectory() ? "folder" : seen.isFile() ? "file" : "other",
    mode: seen.mode & 0o7777,
    userId: seen.uid,
    isWritable,
    ...(folder && { folder }),
  };
}

async function lookAt(path: string) {
  return await stat(path).catch((thrown: NodeJS.ErrnoException) =>
    thrown.code === "ENOENT" || thrown.code === "ENOTDIR" ? ("missing" as const) : ("unseen" as const),
  );
}
