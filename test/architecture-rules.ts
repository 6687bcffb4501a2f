import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { type AnyNode, parse } from "acorn";

/** A file of the sources: its path from the repository's root, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A folder (or file) right under src/ imports only from lower floors and from itself. */
const FLOORS: Readonly<Record<string, number>> = {
  model: 0,
  system: 1,
  checklist: 1,
  config: 1,
  facts: 2,
  store: 2,
  agent: 2,
  components: 3,
  targets: 3,
  channels: 3,
  assess: 4,
  backups: 4,
  notify: 4,
  deploy: 5,
  api: 6,
  watch: 6,
  drills: 6,
  "index.ts": 6,
  daemon: 7,
  "wiring.ts": 7,
  cli: 8,
  "main.ts": 9,
};

/** What lives below these is a unit of its own; units of one kind never import each other. */
const UNITS: ReadonlySet<string> = new Set(["components", "targets", "channels"]);

export function floorMistakes(files: readonly SourceFile[]): string[] {
  return files.filter(isProduct).flatMap((file) => {
    const from = topOf(file.path);
    const floor = FLOORS[from];
    if (floor === undefined) return [`${file.path}: src/${from} stands on no floor`];
    return importsOf(file).flatMap((target) => {
      if (!target.startsWith("src/"))
        return [`${file.path} imports ${target}, which is not part of the product`];
      const to = topOf(target);
      if (from === to) {
        const apart = UNITS.has(from) && unitOf(file.path) !== unitOf(target);
        return apart ? [`${file.path} imports its sibling ${target}`] : [];
      }
      return floor > (FLOORS[to] ?? Number.POSITIVE_INFINITY)
        ? []
        : [`${file.path} imports upwards: ${target}`];
    });
  });
}

/** Groups of files that import each other in a circle, `import type` included (Tarjan, 1972). */
export function cycleMistakes(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.filter(isProduct).map((file) => [file.path, importsOf(file)]));
  const indices = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (node: string): number => {
    const index = indices.size;
    indices.set(node, index);
    let lowest = index;
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (!indices.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, low.get(next) ?? indices.get(next) ?? index);
      if (next === node) cycles.push([node]);
    }
    low.set(node, lowest);
    if (lowest === index) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) cycles.push(group);
    }
    return lowest;
  };
  for (const node of graph.keys()) if (!indices.has(node)) visit(node);
  return cycles.map((group) => `circle of imports: ${group.sort().join(", ")}`);
}

const SAYS_NOTHING = /^(utils?|lib|helpers?|common|shared|core|misc|types|constants)$/;
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|fixture|config))?\.tsx?$/;

export function nameMistakes(files: readonly Pick<SourceFile, "path">[]): string[] {
  return files.flatMap(({ path: file }) => {
    const parts = file.split("/");
    const name = parts.at(-1) ?? "";
    const empty = parts.find((part) => SAYS_NOTHING.test(part.replace(/(\.test)?\.tsx?$/, "")));
    if (empty !== undefined) return [`${file}: "${empty}" says nothing about what is inside`];
    if (/^index\.tsx?$/.test(name) && file !== "src/index.ts") return [`${file} is a barrel`];
    return FILE_NAME.test(name) ? [] : [`${file} is not named in kebab-case`];
  });
}

/** Modules that reach outside the process. */
const OUTSIDE = new Set(
  ["fs", "child_process", "net", "tls", "dns", "http", "https", "http2", "dgram", "cluster"]
    .flatMap((name) => [name, `node:${name}`, `${name}/promises`, `node:${name}/promises`])
    .concat("node:process", "node:sqlite", "undici", "ws", "pg", "ioredis"),
);
const DOORS: ReadonlySet<string> = new Set(["system", "agent", "wiring.ts", "main.ts"]);
const STORE_MAY = "node:sqlite";
/** Programs of their own, started by ours in a thread: nobody can hand them a door. */
const PROGRAMS: ReadonlySet<string> = new Set(["src/config/declaration-worker.ts"]);

/** The outside world, the environment and the time come as an argument; only the doors themselves reach for them. */
export function doorMistakes(files: readonly SourceFile[]): string[] {
  return files.filter(isProduct).flatMap((file) => {
    const top = topOf(file.path);
    if (DOORS.has(top) || PROGRAMS.has(file.path)) return [];
    const modules = modulesOf(file.text)
      .filter((name) => OUTSIDE.has(name) && !(top === "store" && name === STORE_MAY))
      .map((name) => `${file.path} imports ${name}`);
    return [...modules, ...reachesOf(file).map((what) => `${file.path} uses ${what}`)];
  });
}

function reachesOf(file: SourceFile): string[] {
  const reaches: string[] = [];
  const program = parse(stripTypeScriptTypes(file.text), { ecmaVersion: "latest", sourceType: "module" });
  walk(program, undefined, (node, parent) => {
    if (node.type === "Identifier" && node.name === "fetch" && isGlobal(node, parent)) reaches.push("fetch");
    if (node.type === "MemberExpression") {
      const name = `${nameOf(node.object)}.${nameOf(node.property)}`;
      if (name === "process.env" || name === "Date.now" || name === "globalThis.fetch") reaches.push(name);
    }
    if (takesEnvironment(node)) reaches.push("process.env");
    if (node.type === "NewExpression" && nameOf(node.callee) === "Date" && node.arguments.length === 0) {
      reaches.push("new Date()");
    }
  });
  return reaches;
}

/** Read as a value: neither a property's name nor a name declared here. */
function isGlobal(node: AnyNode, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case "CallExpression":
      return true;
    case "VariableDeclarator":
      return parent.init === node;
    case "AssignmentExpression":
    case "AssignmentPattern":
      return parent.right === node;
    default:
      return false;
  }
}

/** `const { env } = process` */
function takesEnvironment(node: AnyNode): boolean {
  if (node.type !== "VariableDeclarator" || node.id.type !== "ObjectPattern" || !node.init) return false;
  const names = node.id.properties.map((each) => (each.type === "Property" ? nameOf(each.key) : undefined));
  return nameOf(node.init) === "process" && names.includes("env");
}

function nameOf(node: AnyNode): string | undefined {
  return node.type === "Identifier" ? node.name : undefined;
}

function walk(
  node: AnyNode,
  parent: AnyNode | undefined,
  visit: (node: AnyNode, parent: AnyNode | undefined) => void,
): void {
  visit(node, parent);
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === "object" && child !== null && "type" in child) walk(child as AnyNode, node, visit);
    }
  }
}

const FROM = /^\s*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gm;
const BARE = /^\s*import\s*["']([^"']+)["']/gm;
const LATE = /\bimport\s*\(\s*["']([^"']+)["']/g;

function modulesOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return [FROM, BARE, LATE].flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ""));
}

/** Files of the repository that a file imports, in whatever way. */
function importsOf(file: SourceFile): string[] {
  return modulesOf(file.text)
    .filter((name) => name.startsWith("."))
    .map((name) => path.posix.join(path.posix.dirname(file.path), name))
    .filter((target) => target !== "package.json");
}

/** Tests and what they stand on may use fixtures and real doors. */
function isProduct(file: SourceFile): boolean {
  return file.path.startsWith("src/") && !/\.(test|fixture)\.tsx?$/.test(file.path);
}

function topOf(file: string): string {
  return file.split("/")[1] ?? "";
}

/** The folder of a unit; files beside the folders, as all channels are, belong to no unit. */
function unitOf(file: string): string | undefined {
  const parts = file.split("/");
  return parts.length > 3 ? parts[2] : undefined;
}
