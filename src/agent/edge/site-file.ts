import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { pipeline } from "node:stream/promises";

export interface SiteFile {
  /** Absolute, links resolved. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** What is at a URL path of a site: a file, a directory, or (undefined) nothing that may be served. */
export async function findInSite(
  directory: string,
  urlPath: string,
): Promise<SiteFile | "directory" | undefined> {
  const segments = safeSegments(urlPath);
  if (!segments) return undefined;
  try {
    const root = await realpath(directory);
    const path = await realpath(join(root, ...segments));
    if (path !== root && !path.startsWith(root + sep)) return undefined;
    const found = await stat(path);
    if (found.isDirectory()) return "directory";
    // "/page.html/" is not the file.
    if (!found.isFile() || urlPath.endsWith("/")) return undefined;
    return { path, sizeBytes: found.size, modifiedAt: found.mtime };
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? "";
    if (["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EACCES"].includes(code)) return undefined;
    throw thrown;
  }
}

/** Decoded path segments; undefined when one could lead elsewhere or names what is never public. */
function safeSegments(urlPath: string): string[] | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return undefined;
  const segments = decoded.split("/").filter((each) => each !== "");
  // RFC 8615: /.well-known is there to be read; every other name with a dot is configuration or history.
  const hidden = segments.some((each, at) => each.startsWith(".") && !(at === 0 && each === ".well-known"));
  return hidden ? undefined : segments;
}

const etags = new Map<string, string>();
const MAX_ETAGS = 10_000;

/** Of the content: builds are often given one and the same date, so date and size do not tell two apart. */
export async function etagOf(file: SiteFile): Promise<string> {
  const key = `${file.path}\n${file.sizeBytes}\n${file.modifiedAt.getTime()}`;
  const known = etags.get(key);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  await pipeline(createReadStream(file.path), hash);
  const etag = hash.digest("base64url").slice(0, 22);
  if (etags.size >= MAX_ETAGS) etags.clear();
  etags.set(key, etag);
  return etag;
}

const BUILD_FOLDER = /(?:^|\/)(?:assets|static|immutable|_astro|_next)\//;

/** Whether a name carries a hash of the content, as bundlers write it: such a file never changes. */
export function hasContentHash(urlPath: string): boolean {
  const name = urlPath.slice(urlPath.lastIndexOf("/") + 1);
  // webpack, Next.js, Parcel: "main.8e0d62a1.chunk.js", "page-0a1b2c3d4e5f.js".
  const hex = /(?:^|[-_.])([0-9a-f]{8,64})\./.exec(name)?.[1];
  if (hex && /\d/.test(hex) && /[a-f]/.test(hex)) return true;
  // Vite, esbuild: "index-BfS3y_z0.js". A word in capitals and small letters is not one.
  const short = /[-.]([A-Za-z0-9_-]{8})\.[a-z0-9]+(?:\.map)?$/.exec(name)?.[1];
  if (!short || !/[A-Z]/.test(short) || /^(?:[A-Z][a-z]+|[A-Z]+)+$/.test(short)) return false;
  return /\d/.test(short) || BUILD_FOLDER.test(urlPath);
}
