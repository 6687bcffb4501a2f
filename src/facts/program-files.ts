import { createHash } from "node:crypto";
import path from "node:path";
import type { Files } from "../model/doors.ts";

const IMPORT = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*["'](\.{1,2}\/[^"'\n]+)["']/g;
const ENDINGS = ["", ".ts", ".mts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];
/** A program of the project's own has tens of files; packages are not followed. */
const MOST = 500;

/** Changes when a shell line does, a file of the project that it names, or one that those import in JavaScript's way. */
export async function programFingerprint(
  line: string,
  { project, files }: { readonly project: string; readonly files: Pick<Files, "read" | "stat"> },
): Promise<string> {
  const hash = createHash("sha256").update(line);
  const wanted = line.split(/[\s'"=;&|()]+/).map((word) => path.resolve(project, word));
  const seen = new Set<string>();
  for (const each of wanted) {
    const file = await foundAt(each);
    if (file === undefined || seen.has(file) || seen.size === MOST) continue;
    seen.add(file);
    const text = (await files.read(file).catch(() => undefined)) ?? "";
    hash.update(`\0${path.relative(project, file)}\0${text}`);
    for (const [, name = ""] of text.matchAll(IMPORT)) wanted.push(path.resolve(path.dirname(file), name));
  }
  return hash.digest("hex");

  async function foundAt(place: string): Promise<string | undefined> {
    if (!place.startsWith(`${project}${path.sep}`)) return undefined;
    const asTypeScript = place.replace(/\.([mc]?)js$/, ".$1ts");
    for (const file of [...ENDINGS.map((ending) => place + ending), asTypeScript]) {
      const found = await files.stat(file);
      if (found && !found.isDirectory) return file;
    }
    return undefined;
  }
}
