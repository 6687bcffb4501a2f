import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import type { Files } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import { formatSize } from "../model/size.ts";
import { refusal } from "./refusal.ts";

const DEFAULT_MAX_BYTES = 10 * 1_048_576;
const STREAM_BYTES = 65_536;
const LEAST_READ_BYTES = 4_096;

export function openFiles(): Files {
  return {
    async read(path, options) {
      const bytes = await readBytes(path, options?.maxBytes ?? DEFAULT_MAX_BYTES);
      return bytes && new TextDecoder().decode(bytes);
    },
    readBytes: (path, options) => readBytes(path, options?.maxBytes ?? DEFAULT_MAX_BYTES),
    write,
    stat: async (path) => {
      const found = await unlessMissing(path, () => stat(path));
      return (
        found && {
          sizeBytes: found.size,
          modifiedAt: found.mtimeMs,
          isDirectory: found.isDirectory(),
          isFile: found.isFile(),
          mode: found.mode & 0o7777,
        }
      );
    },
    /** Names, sorted; empty when there is no such directory. */
    list: async (directory) => ((await unlessMissing(directory, () => readdir(directory))) ?? []).sort(),
    makeDirectory: async (path, options = {}) => {
      await mended(path, () => mkdir(path, { recursive: true, ...options }).catch(tellWhy));
    },
    remove: (path) => mended(path, () => rm(path, REMOVED_WHOLE)),
    freeBytes: (path) =>
      mended(path, async () => {
        const { bavail, bsize } = await statfs(path);
        return bavail * bsize;
      }),
    readStream: (path, range = {}) =>
      mended(path, async () => {
        const file = await open(path, "r");
        const { start, end } = range;
        if (end !== undefined && end <= (start ?? 0)) {
          await file.close();
          return Readable.from([]);
        }
        return file.createReadStream({
          highWaterMark: STREAM_BYTES,
          ...(start !== undefined && { start }),
          ...(end !== undefined && { end: end - 1 }),
        });
      }),
    writeStream: (path, { mode = 0o644, append = false } = {}) =>
      mended(path, async () => {
        const file = await open(path, append ? "a" : "w", mode);
        await file.chmod(mode);
        return file.createWriteStream({ flush: true, highWaterMark: STREAM_BYTES });
      }),
    rename: (from, to) =>
      mended(to, async () => {
        await rename(from, to);
        await using directory = await open(dirname(to), "r");
        await directory.sync();
      }),
  };
}

async function readBytes(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  return unlessMissing(path, async () => {
    await using file = await open(path, "r");
    const { size } = await file.stat();
    if (size > maxBytes) throw tooLarge(path, maxBytes);
    // Files of /proc, pipes and devices say that they are empty, and /dev/zero never ends.
    let bytes = Buffer.allocUnsafe(Math.max(size + 1, LEAST_READ_BYTES));
    for (let length = 0; ; ) {
      const { bytesRead } = await file.read(bytes, length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
      if (length > maxBytes) throw tooLarge(path, maxBytes);
      if (length === bytes.length) bytes = Buffer.concat([bytes], 2 * length);
    }
  });
}

function tooLarge(path: string, maxBytes: number): UserError {
  return new UserError(`${path} is larger than ${formatSize(maxBytes)}`, { where: path });
}

async function write(
  path: string,
  text: string | Uint8Array,
  options: { mode?: number } = {},
): Promise<void> {
  await mended(path, async () => {
    const target = await behindLinks(path);
    const temporary = `${target}.${randomBytes(6).toString("hex")}.tmp`;
    try {
      {
        await using file = await open(temporary, "wx", options.mode ?? 0o644);
        // The mode of open() passes through the umask; a file asked to be 0600 must be so, and 0644 too.
        if (options.mode !== undefined) await file.chmod(options.mode);
        await keepOwner(file, target);
        await file.writeFile(text);
        await file.sync();
      }
      await rename(temporary, target);
    } catch (thrown) {
      await rm(temporary, { force: true });
      if (codeOf(thrown) === "ENOENT") {
        throw new UserError(`${dirname(target)} does not exist, so nothing can be written there`, {
          where: path,
          fix: `mkdir -p ${dirname(target)}`,
          cause: thrown,
        });
      }
      throw thrown;
    }
    await using directory = await open(dirname(target), "r");
    await directory.sync();
  });
}

/** What root writes again stays whose it was. */
async function keepOwner(file: FileHandle, target: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const before = await stat(target).catch(() => undefined);
  if (before && (before.uid !== 0 || before.gid !== 0)) await file.chown(before.uid, before.gid);
}

/** A link stays one: what it leads to is written. */
async function behindLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}

/** A folder into which somebody writes while it is emptied is not empty at the end: once more, then. */
const REMOVED_WHOLE = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const;

async function unlessMissing<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await mended(path, work);
  } catch (thrown) {
    const code = codeOf((thrown as Error).cause);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw thrown;
  }
}

/** Of a folder that cannot be made within another, `recursive` says that it is missing: made by itself it says why. */
async function tellWhy(thrown: NodeJS.ErrnoException): Promise<never> {
  if (thrown.code === "ENOENT" && thrown.path !== undefined) await mkdir(thrown.path);
  throw thrown;
}

/** What a file system refuses is something the user can mend; everything else stays a bug. */
async function mended<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const code = codeOf(thrown);
    if (thrown instanceof UserError || code === undefined) throw thrown;
    throw await refusal(path, code, thrown);
  }
}

function codeOf(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
