import { type AnyNode, childrenOf, lineOf, parsedJavaScript } from "../../../facts/javascript-tree.ts";
import { type EnvironmentRead, scanText } from "./text-reads.ts";

const FROM_BUNDLER = new Set(["MODE", "DEV", "PROD", "SSR", "BASE_URL"]);

/** What only variables are called: "DATABASE_URL". */
const VARIABLE_WORD = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/**
 * Where a JavaScript or TypeScript file reads environment variables: `process.env`, `import.meta.env`, `Bun.env`,
 * `Deno.env.get`, destructured or under another name. In a file that hands the whole environment to something (a
 * schema, a function of its own), names are what it asks that something for. What cannot be parsed (JSX, enums) is
 * scanned as text.
 */
export function readsInJavaScript(path: string, text: string): EnvironmentRead[] {
  if (!/\benv\b/.test(text)) return [];
  const tree = parsedJavaScript(path, text)?.root;
  if (!tree) return scanText(text);
  const reads: EnvironmentRead[] = [];
  const asked: EnvironmentRead[] = [];
  const aliases = new Set<string>();
  let isHandedOn = false;
  const isEnvironment = (node: AnyNode | undefined): boolean =>
    isEnvironmentObject(node) || (node?.type === "Identifier" && aliases.has(node.name as string));
  const add = (name: string | undefined, node: AnyNode, from: AnyNode): void => {
    if (name !== undefined && isImportMeta(from) && FROM_BUNDLER.has(name)) return;
    if (name === undefined) isHandedOn = true;
    reads.push({ name, line: lineOf(node) });
  };

  // Names first: a function may use an alias that stands further down.
  visit(tree, (node) => {
    if (node.type === "VariableDeclarator" && isEnvironmentObject(node.init as AnyNode)) {
      const id = node.id as AnyNode;
      if (id.type === "Identifier") aliases.add(id.name as string);
    }
    if (node.type === "AssignmentPattern" && isEnvironmentObject(node.right as AnyNode)) {
      const left = node.left as AnyNode;
      if (left.type === "Identifier") aliases.add(left.name as string);
    }
    if (node.type === "ImportDeclaration" && isProcessModule(node)) {
      for (const specifier of node.specifiers as AnyNode[]) {
        const imported = specifier.imported as AnyNode | undefined;
        if (imported?.name === "env") aliases.add((specifier.local as AnyNode).name as string);
      }
    }
  });
  visit(tree, (node, parent) => {
    if (node.type === "MemberExpression" && isEnvironment(node.object as AnyNode)) {
      if (!isWritten(node, parent)) add(memberName(node), node, node.object as AnyNode);
    }
    const pattern = destructured(node);
    if (pattern && isEnvironment(pattern.from)) {
      for (const property of pattern.properties) {
        if (property.type === "Property") add(propertyName(property), property, pattern.from);
      }
    }
    if (node.type === "CallExpression") {
      const [first] = node.arguments as AnyNode[];
      if (isDenoGet(node.callee as AnyNode)) reads.push({ name: literal(first), line: lineOf(node) });
      if (isEnvironment(first)) isHandedOn = true;
      asked.push({ name: literal(first), line: lineOf(node) });
    }
    if (node.type === "Property" && parent?.type === "ObjectExpression") {
      asked.push({ name: propertyName(node), line: lineOf(node) });
    }
  });
  const named = asked.filter(({ name }) => name !== undefined && VARIABLE_WORD.test(name));
  return isHandedOn ? [...reads, ...named].sort((a, b) => a.line - b.line) : reads;
}

/** Depth first without recursion: generated code nests deeper than the stack. */
function visit(root: AnyNode, each: (node: AnyNode, parent: AnyNode | undefined) => void): void {
  const waiting: [AnyNode, AnyNode | undefined][] = [[root, undefined]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, parent] = next;
    each(node, parent);
    for (const child of childrenOf(node).reverse()) waiting.push([child, node]);
  }
}

function isEnvironmentObject(node: AnyNode | undefined): boolean {
  if (node?.type === "ChainExpression") return isEnvironmentObject(node.expression as AnyNode);
  if (node?.type !== "MemberExpression" || memberName(node) !== "env") return false;
  const owner = node.object as AnyNode;
  if (owner.type === "MetaProperty") return true;
  if (owner.type === "Identifier") return owner.name === "process" || owner.name === "Bun";
  return owner.type === "MemberExpression" && memberName(owner) === "process";
}

function isImportMeta(node: AnyNode): boolean {
  return ((node.object as AnyNode | undefined)?.type ?? "") === "MetaProperty";
}

function isProcessModule(node: AnyNode): boolean {
  return /^(node:)?process$/.test(literal(node.source as AnyNode) ?? "");
}

function isDenoGet(callee: AnyNode): boolean {
  if (callee.type !== "MemberExpression" || memberName(callee) !== "get") return false;
  const owner = callee.object as AnyNode;
  if (owner.type !== "MemberExpression" || memberName(owner) !== "env") return false;
  return (owner.object as AnyNode).name === "Deno";
}

/** `process.env.X = 1` and `delete process.env.X` need no value. */
function isWritten(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (parent?.type === "AssignmentExpression") return parent.left === node && parent.operator === "=";
  return parent?.type === "UnaryExpression" && parent.operator === "delete";
}

function destructured(node: AnyNode): { from: AnyNode; properties: AnyNode[] } | undefined {
  const [pattern, from] =
    node.type === "VariableDeclarator"
      ? [node.id as AnyNode, node.init as AnyNode]
      : node.type === "AssignmentExpression"
        ? [node.left as AnyNode, node.right as AnyNode]
        : [];
  return pattern?.type === "ObjectPattern" && from
    ? { from, properties: pattern.properties as AnyNode[] }
    : undefined;
}

/** The name after the dot or in the brackets; undefined when it is computed. */
function memberName(node: AnyNode): string | undefined {
  const property = node.property as AnyNode;
  return node.computed ? literal(property) : (property.name as string);
}

function propertyName(node: AnyNode): string | undefined {
  const key = node.key as AnyNode;
  return node.computed || key.type === "Literal" ? literal(key) : (key.name as string);
}

function literal(node: AnyNode | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type !== "TemplateLiteral" || (node.expressions as unknown[]).length > 0) return undefined;
  return ((node.quasis as AnyNode[])[0]?.value as { cooked?: string } | undefined)?.cooked;
}
