import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const SOURCE = fileURLToPath(new URL("../public/", import.meta.url));
const TARGET = fileURLToPath(new URL("../dist/site", import.meta.url));
const HASHED = new Set([".css", ".js", ".svg"]);
const YEAR_MS = 365 * 86_400_000;

/**
 * Puts the front page's files into a directory: styles, scripts and images under names that carry a hash of their
 * content (cached for ever), pages pointing at those names, and everything compressed beforehand.
 */
export async function build(target: string, nowMs: number): Promise<number> {
  const fresh = `${target}.${process.pid}`;
  await mkdir(path.join(fresh, ".well-known"), { recursive: true });
  const names = (await readdir(SOURCE)).sort();
  const renamed = new Map<string, string>();
  for (const name of names.filter((each) => HASHED.has(path.extname(each)))) {
    const content = await readFile(SOURCE + name);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const hashed = `${path.basename(name, path.extname(name))}.${hash}${path.extname(name)}`;
    renamed.set(`/${name}`, `/${hashed}`);
    await put(fresh, hashed, content);
  }
  for (const name of names.filter((each) => !HASHED.has(path.extname(each)))) {
    let text = await readFile(SOURCE + name, "utf8");
    for (const [from, to] of renamed) text = text.replaceAll(`"${from}"`, `"${to}"`);
    await put(fresh, name, Buffer.from(text));
  }
  await put(fresh, ".well-known/security.txt", Buffer.from(securityTxt(nowMs)));
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
  return names.length + 1;
}

/** RFC 9116: it must say until when it holds, and a year is the longest it advises. */
function securityTxt(nowMs: number): string {
  const expires = new Date(nowMs + YEAR_MS - 86_400_000).toISOString();
  return `Contact: mailto:security@backstage.example\nExpires: ${expires}\nPreferred-Languages: en\n`;
}

async function put(directory: string, name: string, content: Buffer): Promise<void> {
  await writeFile(path.join(directory, name), content);
  if (content.length < 1_024) return;
  await writeFile(path.join(directory, `${name}.gz`), gzipSync(content, { level: 9 }));
  await writeFile(path.join(directory, `${name}.br`), brotliCompressSync(content));
}

if (import.meta.main) {
  const count = await build(TARGET, Date.now());
  process.stdout.write(`built ${count} files in ${Math.round(performance.now())} ms\n`);
}
