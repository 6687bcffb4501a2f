import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DAY_MS = 86_400_000;

/** Builds one front end: its page and its script, and what all three share, with hashes in the names of assets. */
async function build(app: string): Promise<void> {
  const target = `${ROOT}dist/${app}/`;
  await rm(target, { recursive: true, force: true });
  await mkdir(`${target}assets`, { recursive: true });
  await mkdir(`${target}.well-known`);
  const page = await readFile(`${ROOT}apps/${app}/index.html`, "utf8");
  const renamed = new Map<string, string>();
  const rename = (text: string) =>
    text.replaceAll(/"(\/[\w.]+)"/g, (whole, name: string) => renamed.get(name) ?? whole);
  for (const file of ["shared/style.css", "shared/mark.svg", "shared/api.js", `${app}/app.js`]) {
    const text = rename(await readFile(`${ROOT}apps/${file}`, "utf8"));
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 10);
    const name = path.basename(file);
    const hashed = `assets/${name.replace(".", `.${hash}.`)}`;
    renamed.set(`/${name}`, `"/${hashed}"`);
    await writeFile(target + hashed, text);
  }
  await writeFile(`${target}index.html`, rename(page));
  await writeFile(`${target}robots.txt`, "User-agent: *\nDisallow: /\n");
  // RFC 9116: it must say until when it holds, and a year is the longest it advises.
  const expires = new Date(Date.now() + 364 * DAY_MS).toISOString();
  await writeFile(
    `${target}.well-known/security.txt`,
    `Contact: mailto:security@vocilia.example\nExpires: ${expires}\nPreferred-Languages: en\n`,
  );
}

const apps = process.argv.length > 2 ? process.argv.slice(2) : ["customer", "business", "admin"];
for (const app of apps) await build(app);
process.stdout.write(`built ${apps.join(", ")}\n`);
