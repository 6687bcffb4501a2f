import { createReadStream } from "node:fs";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Call, EdgeWorld } from "./call.ts";
import { contentTypeOf, isCompressible } from "./content-type.ts";
import type { SiteRoute } from "./edge-release.ts";
import { answerPlainly } from "./plain-answer.ts";
import { below } from "./routing.ts";
import { type Encoded, type Encoding, encoded, negotiate } from "./site-encoding.ts";
import { etagOf, findInSite, hasContentHash, type SiteFile } from "./site-file.ts";

const FOREVER = "public, max-age=31536000, immutable";
// A cache may keep it, but asks each time: what has no hash in its name changes with the next release.
const ASK_FIRST = "no-cache";

/** Answers a call from the files of a built front end. */
export function answerFromSite(call: Call, route: SiteRoute, world: EdgeWorld): void {
  serve(call, route).catch(() => {
    const { request, response, release, target } = call;
    // The client going away in the middle of a file is no trouble of the site's.
    if (response.destroyed) return;
    const method = request.method ?? "GET";
    world.tell({ release: release.id, what: "site unreadable", port: undefined, method, path: target.path });
    call.isBroken = true;
    if (response.headersSent) response.destroy();
    else answerPlainly(response, 500, { "x-gonogo-release": release.id });
  });
}

async function serve(call: Call, { site, prefix }: SiteRoute): Promise<void> {
  const { request, response, target, release } = call;
  const own = { ...site.headers, "x-gonogo-release": release.id };
  if (request.method !== "GET" && request.method !== "HEAD") {
    return answerPlainly(response, 405, { ...own, allow: "GET, HEAD" });
  }
  const path = below(prefix, target.path);
  const found = await findInSite(site.directory, path);
  if (found === "directory" && !path.endsWith("/")) {
    // Collapsed, or "//elsewhere" would send the user to another host.
    const location = `${target.path.replace(/^[/\\]+/, "/")}/${target.url.slice(target.path.length)}`;
    return answerPlainly(response, 308, { ...own, location });
  }
  const file = found === "directory" ? await findInSite(site.directory, `${path}index.html`) : found;
  if (isFile(file)) return send(call, file, { status: 200, path, own });
  const instead = await substitute(call, site);
  if (instead) return send(call, instead.file, { status: instead.status, path: "", own });
  answerPlainly(response, 404, own);
}

/** The page of a single-page application, or the site's own 404 page. */
async function substitute(
  { request, target }: Call,
  { directory, fallback }: SiteRoute["site"],
): Promise<{ file: SiteFile; status: number } | undefined> {
  const accept = request.headers.accept ?? "*/*";
  const lastSegment = target.path.slice(target.path.lastIndexOf("/") + 1);
  // A script or an image that is gone must be a 404, not a page of HTML with status 200.
  const isPage = accept.includes("text/html") || (accept.includes("*/*") && !lastSegment.includes("."));
  if (!isPage) return undefined;
  if (fallback !== undefined) {
    const page = await findInSite(directory, `/${fallback}`);
    if (isFile(page)) return { file: page, status: 200 };
  }
  const missing = await findInSite(directory, "/404.html");
  return isFile(missing) ? { file: missing, status: 404 } : undefined;
}

async function send(
  { request, response }: Call,
  file: SiteFile,
  answer: { readonly status: number; readonly path: string; readonly own: Readonly<Record<string, string>> },
): Promise<void> {
  const type = contentTypeOf(file.path);
  const isText = isCompressible(type);
  const encoding = isText ? negotiate(request.headers["accept-encoding"]) : undefined;
  const coded = encoding && (await encoded(file, encoding));
  const etag = `"${await etagOf(file)}${coded ? `-${encoding}` : ""}"`;
  const headers = {
    "cache-control": answer.status === 200 && hasContentHash(answer.path) ? FOREVER : ASK_FIRST,
    etag,
    "last-modified": file.modifiedAt.toUTCString(),
    ...(isText ? { vary: "accept-encoding" } : {}),
    ...answer.own,
  };
  if (answer.status === 200 && isUnchanged(request.headers, etag, file)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(answer.status, {
    "content-type": type,
    ...headers,
    ...bodyHeaders(file, coded, encoding),
  });
  if (request.method === "HEAD") response.end();
  else await sendBody(response, file, coded);
}

function bodyHeaders(
  file: SiteFile,
  coded: Encoded | undefined,
  encoding: Encoding | undefined,
): Record<string, string> {
  if (!coded || !encoding) return { "content-length": String(file.sizeBytes) };
  if ("transform" in coded) return { "content-encoding": encoding };
  const length = "bytes" in coded ? coded.bytes.length : coded.sizeBytes;
  return { "content-encoding": encoding, "content-length": String(length) };
}

async function sendBody(response: ServerResponse, file: SiteFile, coded: Encoded | undefined): Promise<void> {
  if (!coded) await pipeline(createReadStream(file.path), response);
  else if ("bytes" in coded) response.end(coded.bytes);
  else if ("path" in coded) await pipeline(createReadStream(coded.path), response);
  else await pipeline(createReadStream(file.path), coded.transform(), response);
}

/** RFC 9110 section 13.2.2: the date counts only where no ETag is given. */
function isUnchanged(headers: IncomingHttpHeaders, etag: string, file: SiteFile): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined) {
    return tags.split(",").some((each) => each.trim() === "*" || each.trim().replace(/^W\//, "") === etag);
  }
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return Number.isFinite(since) && Math.floor(file.modifiedAt.getTime() / 1_000) * 1_000 <= since;
}

function isFile(found: SiteFile | "directory" | undefined): found is SiteFile {
  return found !== undefined && found !== "directory";
}
