import { join } from "node:path/posix";
import type { Doors } from "../model/doors.ts";
import { messageOf, UserError } from "../model/errors.ts";
import { defineFact } from "../model/fact.ts";
import { isInRepository, readGit } from "./git.ts";

/** The files of a project, by path relative to it. */
export interface ProjectFiles {
  /** Sorted; what git ignores, and folders of installed or built things, left out. */
  readonly paths: readonly string[];
  /** What git keeps; undefined when the project is not in a git repository. */
  readonly tracked: ReadonlySet<string> | undefined;
}

const MOST_FILES = 50_000;
const NOT_SOURCE = new Set([
  "node_modules",
  ".git",
  ".gonogo",
  ".next",
  ".nuxt",
  ".svelte-kit",
  ".venv",
  "venv",
  "__pycache__",
  "dist",
  "build",
  "coverage",
  "vendor",
  "target",
]);

/** A project may be a folder of a larger repository: only what lies in the folder counts. */
export const projectFiles = defineFact<ProjectFiles, unknown>({
  id: "project.files",
  access: "read",
  reach: "source",
  timeoutMs: 30_000,
  async collect({ subject, doors, signal }) {
    const { directory } = subject;
    if (!(await doors.files.stat(directory))?.isDirectory) {
      throw new UserError(`the project's folder ${directory} does not exist`);
    }
    const inRepository = await isInRepository(doors, directory, signal).catch(() => false);
    if (!inRepository) return { paths: await walk(doors, directory), tracked: undefined };
    const list = async (...args: string[]): Promise<string[]> =>
      (await readGit(doors, { directory, args: ["ls-files", "-z", ...args, "--", "."], signal }))
        .split("\0")
        .filter((path) => path !== "");
    const tracked = await list("--cached");
    const untracked = await list("--others", "--exclude-standard");
    // The copy of a release lies in an ignored folder: git knows none of it, and it is all there is.
    if (tracked.length + untracked.length === 0) {
      return { paths: await walk(doors, directory), tracked: undefined };
    }
    const paths = [...new Set([...tracked, ...untracked])].filter((path) => !isInstalled(path)).sort();
    return { paths, tracked: new Set(tracked) };
  },
});

function isInstalled(path: string): boolean {
  return path.split("/").some((part) => part === "node_modules" || part === ".gonogo");
}

async function walk(doors: Doors, directory: string): Promise<string[]> {
  const paths: string[] = [];
  const waiting = [""];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const name of await doors.files.list(join(directory, folder))) {
      if (NOT_SOURCE.has(name)) continue;
      const path = join(folder, name);
      const found = await doors.files.stat(join(directory, path)).catch(() => undefined);
      if (found?.isDirectory) waiting.push(path);
      else if (found) paths.push(path);
      if (paths.length + waiting.length > MOST_FILES) {
        throw new UserError(
          `${directory} holds more than ${MOST_FILES} files and is not in a git repository`,
          {
            fix: "make the project a git repository, so that what it ignores is known",
          },
        );
      }
    }
  }
  return paths.sort();
}

export interface ProjectText {
  readonly path: string;
  readonly text: string;
}
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

/** Reads text files in order, some at a time. Binary ones are passed over; what cannot be read is named. */
export async function readTexts(
  doors: Doors,
  options: {
    directory: string;
    paths: readonly string[];
    /** A larger file is not read. */
    maxBytes: number;
    signal?: AbortSignal;
    each: (file: ProjectText) => void | Promise<void>;
  },
): Promise<{ readonly read: number; readonly unread: readonly UnreadFile[] }> {
  const unread: UnreadFile[] = [];
  let read = 0;
  for (let from = 0; from < options.paths.length; from += 32) {
    options.signal?.throwIfAborted();
    const batch = options.paths.slice(from, from + 32);
    const texts = await Promise.all(
      batch.map((path) => readText(doors, options.directory, path, options.maxBytes)),
    );
    for (const found of texts) {
      if (found === undefined) continue;
      if ("reason" in found) {
        unread.push(found);
        continue;
      }
      read += 1;
      await options.each(found);
    }
  }
  return { read, unread };
}

async function readText(
  doors: Doors,
  directory: string,
  path: string,
  maxBytes: number,
): Promise<ProjectText | UnreadFile | undefined> {
  try {
    const full = join(directory, path);
    // A submodule and a link to a folder are listed like files.
    if ((await doors.files.stat(full))?.isDirectory) return undefined;
    const text = await doors.files.read(full, { maxBytes });
    return text === undefined || text.slice(0, 8_000).includes("\0") ? undefined : { path, text };
  } catch (thrown) {
    return { path, reason: messageOf(thrown) };
  }
}
