import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Answer } from "./answer.ts";
import type { Encoding } from "./encoding.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};
const HASHED = /\.[0-9a-f]{10}\.\w+$/;

export interface StaticFiles {
  /** Undefined when there is no such file. */
  find(urlPath: string, encoding: Encoding): Answer | undefined;
  page(name: string, status: number, encoding: Encoding): Answer;
}

/** Reads the built site into memory once: a handful of small files that `npm run build` hashed and compressed. */
export async function loadStaticFiles(directory: string): Promise<StaticFiles> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(`/${path.relative(directory, file).split(path.sep).join("/")}`, await readFile(file));
  }
  const answer = (name: string, status: number, encoding: Encoding): Answer | undefined => {
    const plain = files.get(name);
    const type = TYPES[path.extname(name)];
    if (!plain || !type) return undefined;
    const packed =
      encoding === "identity" ? undefined : files.get(`${name}.${encoding === "br" ? "br" : "gz"}`);
    return {
      status,
      headers: {
        "content-type": type,
        "cache-control": HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
        ...(files.has(`${name}.gz`) && { vary: "Accept-Encoding" }),
        ...(packed && { "content-encoding": encoding }),
      },
      body: packed ?? plain,
    };
  };
  return {
    find(urlPath, encoding) {
      const name = urlPath === "/" ? "/index.html" : urlPath;
      return (
        answer(name, 200, encoding) ??
        (path.extname(name) === "" ? answer(`${name}.html`, 200, encoding) : undefined)
      );
    },
    page: (name, status, encoding) =>
      answer(`/${name}.html`, status, encoding) ?? {
        status,
        headers: { "content-type": "text/plain; charset=utf-8" },
        body: name,
      },
  };
}
