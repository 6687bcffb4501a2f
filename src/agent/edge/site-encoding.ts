import { readFile, stat } from "node:fs/promises";
import type { Transform } from "node:stream";
import { promisify } from "node:util";
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from "node:zlib";
import type { SiteFile } from "./site-file.ts";

export type Encoding = "br" | "gzip";

const SUFFIX: Readonly<Record<Encoding, string>> = { br: ".br", gzip: ".gz" };
// As good as level 9 of gzip at a fraction of the time of the highest quality; each file is done once.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const MIN_BYTES = 1_024;
const MAX_HELD_FILE_BYTES = 1_024 * 1_024;
const MAX_HELD_BYTES = 16 * 1_024 * 1_024;

/** The coding to answer with (RFC 9110 section 12.5.3); brotli before gzip when both are as welcome. */
export function negotiate(acceptEncoding: string | undefined): Encoding | undefined {
  const weights = new Map<string, number>();
  for (const part of (acceptEncoding ?? "").toLowerCase().split(",")) {
    const [coding = "", ...parameters] = part.split(";").map((each) => each.trim());
    const q = parameters.find((each) => each.startsWith("q="));
    weights.set(coding, q === undefined ? 1 : Number(q.slice(2)) || 0);
  }
  const weight = (coding: string): number => weights.get(coding) ?? weights.get("*") ?? 0;
  if (weight("br") > 0 && weight("br") >= weight("gzip")) return "br";
  return weight("gzip") > 0 ? "gzip" : undefined;
}

export type Encoded =
  | { readonly bytes: Buffer }
  /** A compressed file that came with the build. */
  | { readonly path: string; readonly sizeBytes: number }
  /** Too large to hold: compressed as it is sent. */
  | { readonly transform: () => Transform };

const held = new Map<string, Buffer>();
let heldBytes = 0;

/** A site's file in a coding; undefined when it is too small to gain from it. */
export async function encoded(file: SiteFile, encoding: Encoding): Promise<Encoded | undefined> {
  const sibling = await precompressed(file, encoding);
  if (sibling) return sibling;
  if (file.sizeBytes < MIN_BYTES) return undefined;
  if (file.sizeBytes > MAX_HELD_FILE_BYTES) {
    return { transform: () => (encoding === "br" ? createBrotliCompress(BROTLI) : createGzip()) };
  }
  const key = `${encoding} ${file.path} ${file.sizeBytes} ${file.modifiedAt.getTime()}`;
  const known = held.get(key);
  if (known) return { bytes: known };
  const plain = await readFile(file.path);
  const bytes =
    encoding === "br" ? await promisify(brotliCompress)(plain, BROTLI) : await promisify(gzip)(plain);
  hold(key, bytes);
  return { bytes };
}

async function precompressed(file: SiteFile, encoding: Encoding): Promise<Encoded | undefined> {
  const path = `${file.path}${SUFFIX[encoding]}`;
  try {
    const found = await stat(path);
    // One that is older than its source was left over from another build.
    if (!found.isFile() || found.mtime < file.modifiedAt) return undefined;
    return { path, sizeBytes: found.size };
  } catch {
    return undefined;
  }
}

function hold(key: string, bytes: Buffer): void {
  if (heldBytes + bytes.length > MAX_HELD_BYTES) {
    held.clear();
    heldBytes = 0;
  }
  held.set(key, bytes);
  heldBytes += bytes.length;
}
