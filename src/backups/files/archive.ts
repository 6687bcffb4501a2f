import { createHash, type Hash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";

// The format that GNU tar writes without options (GNU tar manual, "Basic Tar Format"): blocks of 512 bytes, a header
// before each file, names of more than 100 bytes in an entry of their own before it.

const BLOCK_BYTES = 512;

export interface ArchivedFile {
  /** As in the archive; a name need not be UTF-8. */
  readonly name: Buffer;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Lets an archive pass and tells of each file in it once the file has passed. */
export function watchArchive(onFile: (file: ArchivedFile) => void): Transform {
  const header = Buffer.alloc(BLOCK_BYTES);
  let filled = 0;
  let longName: Buffer | undefined;
  let entry: Entry | undefined;
  const finish = (): void => {
    if (entry?.isName) longName = withoutEnd(Buffer.concat(entry.kept));
    else if (entry?.hash)
      onFile({ name: entry.name, sizeBytes: entry.sizeBytes, sha256: entry.hash.digest("hex") });
    entry = undefined;
  };
  const take = (chunk: Buffer): void => {
    for (let at = 0; at < chunk.length; ) {
      if (entry) {
        const part = chunk.subarray(at, at + entry.left);
        at += part.length;
        entry.left -= part.length;
        const content = part.subarray(0, entry.unread);
        entry.unread -= content.length;
        entry.hash?.update(content);
        if (entry.isName) entry.kept.push(Buffer.from(content));
        if (entry.left === 0) finish();
        continue;
      }
      const copied = chunk.copy(header, filled, at);
      at += copied;
      filled += copied;
      if (filled < BLOCK_BYTES) return;
      filled = 0;
      entry = entryOf(header, longName);
      if (entry && !entry.isName && !entry.isLink) longName = undefined;
      if (entry?.left === 0) finish();
    }
  };
  return new Transform({
    transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
      take(chunk);
      done(null, chunk);
    },
  });
}

interface Entry {
  readonly name: Buffer;
  readonly sizeBytes: number;
  /** Of a file. */
  readonly hash: Hash | undefined;
  /** The name of the next entry, or of what it links to. */
  readonly isName: boolean;
  readonly isLink: boolean;
  readonly kept: Buffer[];
  /** Bytes that follow, with the rest of the last block. */
  left: number;
  /** Bytes of its content that follow. */
  unread: number;
}

/** Undefined for the empty blocks at the end. */
function entryOf(header: Buffer, longName: Buffer | undefined): Entry | undefined {
  const type = String.fromCharCode(header[156] ?? 0);
  if (header[0] === 0 && longName === undefined) return undefined;
  const sizeBytes = numberIn(header.subarray(124, 136));
  return {
    name: longName ?? withoutEnd(Buffer.from(header.subarray(0, 100))),
    sizeBytes,
    hash: type === "0" || type === "\0" || type === "7" ? createHash("sha256") : undefined,
    isName: type === "L",
    isLink: type === "K",
    kept: [],
    left: Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES,
    unread: sizeBytes,
  };
}

function withoutEnd(text: Buffer): Buffer {
  const end = text.indexOf(0);
  return end < 0 ? text : text.subarray(0, end);
}

/** Octal digits; what does not fit into them is a binary number with its first bit set. */
function numberIn(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(field.toString("latin1"), 8) || 0;
  return Number(BigInt(`0x${field.toString("hex")}`) & ((1n << 95n) - 1n));
}
