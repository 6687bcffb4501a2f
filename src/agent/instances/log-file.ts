import { appendFile, open, rename, rm, stat, truncate } from "node:fs/promises";
import { messageOf } from "../../model/errors.ts";

const KEPT = 2;
const CHUNK_BYTES = 1_048_576;

/** Size of a file; 0 when missing. */
export async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/**
 * Copies the last `limitBytes` to `<path>.1` (older ones move up, two are kept) and empties the file. The
 * program goes on writing to the same file, so it need not know; a line written in between is lost.
 */
export async function rotateLog(path: string, limitBytes: number): Promise<void> {
  await rm(`${path}.${KEPT}`, { force: true });
  for (let number = KEPT - 1; number >= 1; number--) {
    await rename(`${path}.${number}`, `${path}.${number + 1}`).catch(() => undefined);
  }
  try {
    await copyEnd(path, `${path}.1`, limitBytes);
  } finally {
    // Also when the disk is full: an emptied log is what helps then.
    await truncate(path, 0);
  }
}

async function copyEnd(from: string, to: string, limitBytes: number): Promise<void> {
  await using source = await open(from, "r");
  await using sink = await open(to, "w", 0o600);
  const { size } = await source.stat();
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, limitBytes));
  let position = Math.max(0, size - limitBytes);
  while (position < size) {
    const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, size - position), position);
    if (bytesRead === 0) return;
    await sink.write(buffer, 0, bytesRead);
    position += bytesRead;
  }
}

/** The last lines, from the rotated file too when the current one is short. At most `maxBytes` are read. */
export async function lastLines(path: string, count: number, maxBytes = 262_144): Promise<string[]> {
  const current = await readEnd(path, maxBytes);
  const lines = split(current);
  if (lines.length >= count || current.length >= maxBytes) return lines.slice(-count);
  const earlier = split(await readEnd(`${path}.1`, maxBytes - current.length));
  return [...earlier, ...lines].slice(-count);
}

/** A line of Gonogo's own in the application's log. Never throws: a full disk must not stop the supervision. */
export async function note(path: string, text: string): Promise<void> {
  await appendFile(path, `[gonogo] ${text}\n`, { mode: 0o600 }).catch((thrown: unknown) => {
    process.stderr.write(`cannot write ${path}: ${messageOf(thrown)}\n`);
  });
}

async function readEnd(path: string, maxBytes: number): Promise<Buffer> {
  try {
    await using file = await open(path, "r");
    const { size } = await file.stat();
    const length = Math.min(size, maxBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } catch {
    return Buffer.alloc(0);
  }
}

function split(bytes: Buffer): string[] {
  const lines = bytes.toString("utf8").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
