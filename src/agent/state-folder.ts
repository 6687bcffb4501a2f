import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { messageOf, OutsideError } from "../model/errors.ts";

/** What an agent remembers: one small JSON file an entry, so that a bad one costs only itself. */
export interface StateFolder {
  readonly directory: string;
  /** Temp file, fsync, rename. Writes of the same entry happen in order. Throws OutsideError (disk full). */
  write(entry: string, value: unknown): Promise<void>;
  /** Undefined when missing or unreadable; an unreadable one is set aside and told. */
  read<Value>(entry: string): Promise<Value | undefined>;
  /** Every readable entry of a sub-folder, by name without ".json". */
  list<Value>(folder: string): Promise<ReadonlyMap<string, Value>>;
  remove(entry: string): Promise<void>;
  /** Resolves when everything asked for so far is on disk. */
  settled(): Promise<void>;
}

export function openStateFolder(directory: string, tell: (message: string) => void): StateFolder {
  const pending = new Map<string, Promise<void>>();
  let count = 0;

  function inOrder(entry: string, work: () => Promise<void>): Promise<void> {
    const done = (pending.get(entry) ?? Promise.resolve()).then(work, work);
    pending.set(entry, done);
    const forget = (): void => {
      if (pending.get(entry) === done) pending.delete(entry);
    };
    done.then(forget, forget);
    return done;
  }

  async function read<Value>(entry: string): Promise<Value | undefined> {
    const path = pathOf(entry);
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const value = JSON.parse(text) as Value;
      if (typeof value !== "object" || value === null) throw new Error("not an object");
      return value;
    } catch (thrown) {
      tell(`set aside an unreadable entry of the state: ${path}: ${messageOf(thrown)}`);
      await rename(path, `${path}.unreadable`).catch(() => undefined);
      return undefined;
    }
  }

  const pathOf = (entry: string): string => join(directory, `${entry}.json`);

  return {
    directory,
    read,
    write: (entry, value) =>
      inOrder(entry, () => writeDurably(pathOf(entry), JSON.stringify(value, null, 1), ++count)),
    remove: (entry) => inOrder(entry, () => rm(pathOf(entry), { force: true })),
    async list<Value>(folder: string) {
      const found = new Map<string, Value>();
      const names = await readdir(join(directory, folder)).catch(() => [] as string[]);
      for (const name of names.filter((each) => each.endsWith(".json")).sort()) {
        const key = name.slice(0, -".json".length);
        const value = await read<Value>(`${folder}/${key}`);
        if (value !== undefined) found.set(key, value);
      }
      return found;
    },
    async settled() {
      await Promise.allSettled(pending.values());
    },
  };
}

/** The directory itself is made by whoever starts the agent: one that was deleted does not come back as odd files. */
async function makeSubfolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== "EEXIST") throw thrown;
  });
}

async function writeDurably(path: string, text: string, count: number): Promise<void> {
  const temporary = `${path}.${process.pid}-${count}.tmp`;
  try {
    await makeSubfolder(dirname(path));
    await using file = await open(temporary, "w", 0o600);
    await file.writeFile(text);
    await file.sync();
    // The folder is not synced: after a power cut the entry may be the one before, whole, and half the time is saved.
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new OutsideError(`cannot write ${path}: ${messageOf(thrown)}`, { cause: thrown });
  }
}
