import { createHash, type Hash } from "node:crypto";
import { type Readable, Transform, type TransformCallback, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import type { BackupObject } from "../model/backup.ts";
import type { Place } from "../model/destination.ts";
import type { Doors } from "../model/doors.ts";
import type { Secret } from "../model/secret.ts";
import { bytesPassed } from "../system/passed-buffers.ts";
import { BackupFault } from "./fault.ts";
import { openWith, sealTo } from "./sealing.ts";

const ZSTD_CHUNK_BYTES = 65_536;

export interface WriteTo {
  readonly file: string;
  readonly recipients: readonly string[];
  readonly doors: Doors;
  readonly signal: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}
export interface ReadFrom {
  readonly place: Place;
  readonly backup: string;
  readonly identities: readonly Secret[];
  readonly signal: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/** Writes a stream as one object: compressed, sealed, hashed on its way. The file is whole when it resolves. */
export async function writeObject(
  source: Readable,
  to: WriteTo,
): Promise<Pick<BackupObject, "sizeBytes" | "plainBytes" | "sha256">> {
  const { file, recipients, doors, signal, onBytes } = to;
  const plain = counter(onBytes);
  const stored = meter();
  await pipeline(
    source,
    plain.stream,
    createZstdCompress({
      chunkSize: ZSTD_CHUNK_BYTES,
      params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
    }),
    await sealTo(recipients, doors.random),
    stored.stream,
    await doors.files.writeStream(file, { mode: 0o600 }),
    { signal },
  );
  return { sizeBytes: stored.bytes(), plainBytes: plain.bytes(), sha256: stored.sha256() };
}

/**
 * Gives an object, as it was before it was sealed, to `sink`. Throws BackupFault when it is missing, truncated,
 * corrupt, or sealed to another key; by then the sink may have had a part of it.
 */
export async function readObject(
  object: BackupObject,
  from: ReadFrom,
  sink: Writable | ((plain: AsyncIterable<Buffer>) => Promise<void>),
): Promise<void> {
  const unpacked = createZstdDecompress({ chunkSize: ZSTD_CHUNK_BYTES });
  const opened = await openObject(object, from);
  try {
    // Two calls, because a sink is either kind of thing and the types tell them apart.
    const { signal } = from;
    const [stored, passed, opener] = opened;
    if (typeof sink === "function") await pipeline(stored, passed, opener, unpacked, sink, { signal });
    else await pipeline(stored, passed, opener, unpacked, sink, { signal });
  } catch (thrown) {
    throw named(object, thrown as Error);
  }
}

/** As readObject, for a sink that unpacks zstd itself: a program does so beside this process and in less memory. */
export async function readPacked(object: BackupObject, from: ReadFrom, sink: Writable): Promise<void> {
  const opened = await openObject(object, from);
  await pipeline([...opened, sink], { signal: from.signal }).catch((thrown: unknown) => {
    throw named(object, thrown as Error);
  });
}

/** Its end passes only after all that came before was found to be what was written. */
async function openObject(object: BackupObject, from: ReadFrom): Promise<[Readable, Transform, Transform]> {
  const opener = openWith(from.identities);
  const stored = await storedBytes(object, from);
  const passed = meter(from.onBytes, () => faultOf(object, passed.bytes(), passed.sha256()));
  return [stored, passed.stream, opener];
}

/** Reads it to its end and compares size and checksum; needs no key. Throws BackupFault. */
export async function checkObject(object: BackupObject, from: Omit<ReadFrom, "identities">): Promise<void> {
  const stored = await storedBytes(object, from);
  const hash = meter(from.onBytes, () => faultOf(object, hash.bytes(), hash.sha256()));
  await pipeline(stored, hash.stream, async (rest: AsyncIterable<Buffer>) => {
    for await (const _ of rest);
  });
}

async function storedBytes(object: BackupObject, from: Omit<ReadFrom, "identities">): Promise<Readable> {
  const stored = await from.place.read(`${from.backup}/${object.name}`, from.signal);
  if (!stored) throw new BackupFault("missing object", `${object.name} is not in ${from.place.label}`);
  return stored;
}

function faultOf(object: BackupObject, bytes: number, sha256: string): BackupFault | undefined {
  const { name, sizeBytes } = object;
  if (bytes < sizeBytes) {
    return new BackupFault("truncated", `${name} has ${bytes} bytes, and was written with ${sizeBytes}`);
  }
  if (bytes > sizeBytes || sha256 !== object.sha256)
    return new BackupFault("corrupt", `${name} is not what was written: its SHA-256 differs`);
  return undefined;
}

function named(object: BackupObject, thrown: Error): Error {
  if (thrown instanceof BackupFault) {
    return thrown.message.startsWith(object.name)
      ? thrown
      : new BackupFault(thrown.kind, `${object.name}: ${thrown.message}`, thrown);
  }
  const isZstd = (thrown as { code?: string }).code?.startsWith("ZSTD_") ?? false;
  return isZstd ? new BackupFault("corrupt", `${object.name}: ${thrown.message}`, thrown) : thrown;
}

interface Counter {
  readonly stream: Transform;
  bytes(): number;
}
interface Meter extends Counter {
  sha256(): string;
}

/** Counts what passes; nobody asks for the checksum of what is not stored. */
function counter(onBytes?: (bytes: number) => void): Counter {
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
      bytes += chunk.length;
      bytesPassed(chunk.length);
      onBytes?.(chunk.length);
      done(null, chunk);
    },
  });
  return { stream, bytes: () => bytes };
}

/** Counts and hashes what passes; `judge` may object to the whole at its end. */
function meter(onBytes?: (bytes: number) => void, judge?: () => Error | undefined): Meter {
  const hash: Hash = createHash("sha256");
  let bytes = 0;
  let digest: string | undefined;
  return {
    stream: new Transform({
      transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
        hash.update(chunk);
        bytes += chunk.length;
        bytesPassed(chunk.length);
        onBytes?.(chunk.length);
        done(null, chunk);
      },
      flush(done: TransformCallback) {
        done(judge?.() ?? null);
      },
    }),
    bytes: () => bytes,
    sha256: () => {
      digest ??= hash.digest("hex");
      return digest;
    },
  };
}
