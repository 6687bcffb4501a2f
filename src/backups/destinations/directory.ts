import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { defineDestination, type Place, type StoredObject } from "../../model/destination.ts";
import type { Files } from "../../model/doors.ts";

const PARTIAL = ".partial";

/** A directory of this machine, or of a disk that is mounted here. */
export const directory = defineDestination({
  kind: "directory",
  summary: "A directory of this machine, or of a disk that is mounted here.",
  options: z.strictObject({
    path: z.string().min(1).default(".gonogo/backups").describe("Relative to the project, or absolute."),
  }),
  isElsewhere: false,
  variables: () => [],
  openPlace: ({ options, project, launch, environment, doors }) =>
    openDirectory(join(resolve(project, options.path), launch, environment), doors.files),
});

export function openDirectory(root: string, files: Files): Place {
  return {
    label: root,
    list: async () => {
      const names = await files.list(root);
      return (await Promise.all(names.map((name) => below(files, root, name)))).flat();
    },
    readText: (name) => files.read(join(root, name)),
    read: async (name) => {
      const file = join(root, name);
      return (await files.stat(file)) ? await files.readStream(file) : undefined;
    },
    writeText: async (name, text) => {
      const file = join(root, name);
      await files.makeDirectory(dirname(file), { mode: 0o700 });
      await files.write(file, text, { mode: 0o600 });
    },
    store: async (name, { file, sizeBytes, mayMove }, { signal, onBytes }) => {
      const to = join(root, name);
      await files.makeDirectory(dirname(to), { mode: 0o700 });
      if (!(mayMove && (await moved(files, file, to)))) await copy(files, { file, sizeBytes, to, signal });
      onBytes?.(sizeBytes);
    },
    remove: async (names) => {
      for (const name of names) await files.remove(join(root, name));
      const folders = new Set(names.map((name) => dirname(join(root, name))));
      for (const folder of folders) {
        if (folder !== root && (await files.list(folder)).length === 0) await files.remove(folder);
      }
    },
    freeBytes: async () => {
      await files.makeDirectory(root, { mode: 0o700 });
      return await files.freeBytes(root);
    },
  };
}

async function below(files: Files, root: string, name: string): Promise<StoredObject[]> {
  const found = await files.stat(join(root, name));
  if (!found || name.endsWith(PARTIAL) || name.endsWith(".tmp")) return [];
  if (!found.isDirectory) return [{ name, sizeBytes: found.sizeBytes }];
  const names = await files.list(join(root, name));
  return (await Promise.all(names.map((each) => below(files, root, `${name}/${each}`)))).flat();
}

/** Not across file systems. */
async function moved(files: Files, from: string, to: string): Promise<boolean> {
  return files.rename(from, to).then(
    () => true,
    () => false,
  );
}

async function copy(
  files: Files,
  { file, sizeBytes, to, signal }: { file: string; sizeBytes: number; to: string; signal: AbortSignal },
): Promise<void> {
  const partial = to + PARTIAL;
  const there = (await files.stat(partial))?.sizeBytes ?? 0;
  const start = there < sizeBytes ? there : 0;
  await pipeline(
    await files.readStream(file, { start }),
    await files.writeStream(partial, { mode: 0o600, append: start > 0 }),
    { signal },
  );
  await files.rename(partial, to);
}
