/** One finished file of a write-ahead log, as it lies at a place. */
export interface Segment {
  /** "000000010000000000000003": time line, and where in the log it is. */
  readonly name: string;
  /** Everything that was committed before this time is in it or in an earlier one, in milliseconds since 1970 UTC. */
  readonly coversUntil: number;
  /** SHA-256 of the stored bytes, hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Its object's name below the log's own place. */
  readonly object: string;
}

const NAME = /^[0-9A-F]{24}$/;
const OBJECT = /^([0-9A-F]{24})-(\d{8}T\d{6}Z)-([0-9a-f]{64})\.zst\.age$/;
/** A commit says its time a moment before its record is written. */
const MARGIN_MS = 1_000;

export function isSegment(name: string): boolean {
  return NAME.test(name);
}

/** The checksum is part of the name: a segment needs no manifest, and two sealings of one never mix. */
export function objectOf(name: string, at: { readonly finishedAt: number; readonly sha256: string }): string {
  return `${name}-${stampOf(at.finishedAt - MARGIN_MS)}-${at.sha256}.zst.age`;
}

/** Undefined when it is no segment of ours. */
export function segmentOf(object: string, sizeBytes: number): Segment | undefined {
  const [, name, stamp, sha256] = OBJECT.exec(object) ?? [];
  if (name === undefined || stamp === undefined || sha256 === undefined) return undefined;
  return { name, coversUntil: timeOf(stamp), sha256, sizeBytes, object };
}

/** The segment that follows; `segmentBytes` is the server's wal_segment_size. */
export function nextSegment(name: string, segmentBytes: number): string {
  const perLog = 2 ** 32 / segmentBytes;
  const log = Number.parseInt(name.slice(8, 16), 16);
  const index = Number.parseInt(name.slice(16), 16) + 1;
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, "0");
  return `${name.slice(0, 8)}${index === perLog ? hex(log + 1) + hex(0) : hex(log) + hex(index)}`;
}

/** The unbroken row of segments that begins with this one; empty when that one is not there. */
export function chainFrom(first: string, all: readonly Segment[], segmentBytes: number): Segment[] {
  const byName = new Map(all.map((segment) => [segment.name, segment]));
  const chain: Segment[] = [];
  let next = byName.get(first);
  while (next) {
    chain.push(next);
    next = byName.get(nextSegment(next.name, segmentBytes));
  }
  return chain;
}

/** "20261121T101500Z", rounded down. */
export function stampOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+|[-:]/g, "");
}

export function timeOf(stamp: string): number {
  return Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
