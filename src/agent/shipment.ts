import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The agent as files, for a machine that has nothing but Node. */
export interface Shipment {
  /** Hash of every path and content: the same program has the same version. */
  readonly version: string;
  /** By path relative to where they are put. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** What is started over there, relative to where the files are put. */
  readonly program: string;
}

const FROM = /\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g;
const PACKAGE = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//;

let made: Promise<Shipment> | undefined;

/** Everything the agent and the program on the host import, however deep; made once for a process. */
export function agentShipment(): Promise<Shipment> {
  made ??= collect();
  return made;
}

async function collect(): Promise<Shipment> {
  const here = fileURLToPath(import.meta.url);
  const ending = here.endsWith(".ts") ? "ts" : "js";
  // The folder that holds "agent": sources as they are, or the compiled package.
  const root = dirname(dirname(here));
  const roots = ["host-program", "parent", "agent"].map((name) => join(root, "agent", `${name}.${ending}`));
  const texts = new Map<string, Buffer>();
  const packages = new Set<string>();
  for (const queue = [...roots]; queue.length > 0; ) {
    const path = queue.pop() ?? "";
    if (texts.has(path)) continue;
    const bytes = await readFile(path);
    texts.set(path, bytes);
    for (const name of importsIn(bytes.toString("utf8"), path.startsWith(root + sep))) {
      const found = resolved(name, path);
      const [, folder] = PACKAGE.exec(found) ?? [];
      if (folder !== undefined && !root.startsWith(folder + sep)) packages.add(folder);
      queue.push(found);
    }
  }
  for (const folder of packages) {
    texts.set(join(folder, "package.json"), await readFile(join(folder, "package.json")));
  }
  const files = new Map([...texts].map(([path, bytes]) => [placeOf(path, root), bytes] as const));
  files.set("package.json", Buffer.from('{ "type": "module" }\n'));
  return { version: versionOf(files), files, program: `program/agent/host-program.${ending}` };
}

/** Packages import packages too; those we use import none but their own files. */
function importsIn(text: string, isOurs: boolean): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(FROM)]
    .map((match) => match[1] ?? "")
    .filter((name) => name.startsWith(".") || (isOurs && !name.startsWith("node:")));
}

function resolved(name: string, from: string): string {
  if (!name.startsWith(".")) return fileURLToPath(import.meta.resolve(name));
  return join(dirname(from), name);
}

function placeOf(path: string, root: string): string {
  const [, folder = "", name = ""] = PACKAGE.exec(path) ?? [];
  if (name !== "" && !root.startsWith(folder + sep))
    return join("node_modules", name, relative(folder, path));
  return join("program", relative(root, path));
}

function versionOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash("sha256");
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex").slice(0, 20);
}
