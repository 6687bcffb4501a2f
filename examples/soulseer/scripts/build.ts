import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const SOURCE = fileURLToPath(new URL("../public/", import.meta.url));
const TARGET = fileURLToPath(new URL("../dist/site/", import.meta.url));
const HASHED = new Set([".css", ".js", ".svg"]);

/**
 * Puts the front page's files into `dist/site/`: styles, scripts and images under names that carry a hash of
 * their content (cached for ever), pages pointing at those names, and everything compressed beforehand.
 */
async function build(): Promise<number> {
  const fresh = `${TARGET.slice(0, -1)}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  const names = (await readdir(SOURCE)).sort();
  const renamed = new Map<string, string>();
  for (const name of names.filter((each) => HASHED.has(path.extname(each)))) {
    const content = await readFile(SOURCE + name);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const target = `${path.basename(name, path.extname(name))}.${hash}${path.extname(name)}`;
    renamed.set(`/${name}`, `/${target}`);
    await put(fresh, target, content);
  }
  for (const name of names.filter((each) => !HASHED.has(path.extname(each)))) {
    let text = await readFile(SOURCE + name, "utf8");
    for (const [from, to] of renamed) text = text.replaceAll(`"${from}"`, `"${to}"`);
    await put(fresh, name, Buffer.from(text));
  }
  await rm(TARGET, { recursive: true, force: true });
  await rename(fresh, TARGET);
  return names.length;
}

async function put(directory: string, name: string, content: Buffer): Promise<void> {
  await writeFile(path.join(directory, name), content);
  if (content.length < 1_024) return;
  await writeFile(path.join(directory, `${name}.gz`), gzipSync(content, { level: 9 }));
  await writeFile(path.join(directory, `${name}.br`), brotliCompressSync(content));
}

const count = await build();
process.stdout.write(`built ${count} files in ${Math.round(performance.now())} ms\n`);
