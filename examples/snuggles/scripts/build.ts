import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("../public/", import.meta.url));
const TARGET = fileURLToPath(new URL("../dist/", import.meta.url));
const DAY_MS = 86_400_000;

/** Copies the front end: all but pages below assets/ with a hash of their content in the name. */
async function build(): Promise<number> {
  await rm(TARGET, { recursive: true, force: true });
  await mkdir(`${TARGET}assets`, { recursive: true });
  await mkdir(`${TARGET}.well-known`);
  const names = (await readdir(SOURCE)).sort();
  const isPage = (name: string) => /\.(html|txt)$/.test(name);
  const renamed = new Map<string, string>();
  for (const name of names.filter((each) => !isPage(each))) {
    const content = await readFile(SOURCE + name);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
    const hashed = `assets/${path.basename(name, path.extname(name))}.${hash}${path.extname(name)}`;
    renamed.set(`"/${name}"`, `"/${hashed}"`);
    await writeFile(TARGET + hashed, content);
  }
  for (const name of names.filter(isPage)) {
    let text = await readFile(SOURCE + name, "utf8");
    for (const [from, to] of renamed) text = text.replaceAll(from, to);
    await writeFile(TARGET + name, text);
  }
  // RFC 9116: it must say until when it holds, and a year is the longest it advises.
  const expires = new Date(Date.now() + 364 * DAY_MS).toISOString();
  await writeFile(
    `${TARGET}.well-known/security.txt`,
    `Contact: mailto:security@snuggles.example\nExpires: ${expires}\nPreferred-Languages: en\n`,
  );
  return names.length;
}

process.stdout.write(`built ${await build()} files\n`);
