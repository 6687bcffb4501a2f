import {
  type AnyNode,
  childrenOf,
  type JavaScriptTree,
  lineOf,
  parsedJavaScript,
} from "../../../facts/javascript-tree.ts";
import { blanked, COMMENT_STYLES } from "./blanked.ts";
import { CONSOLE_METHODS, type ConsoleMethod } from "./console-methods.ts";
import type { DebugOutput } from "./plain-output.ts";

const IN_DEVELOPMENT_ONLY =
  /^\(*\s*(process\.env\.NODE_ENV\s*!==?\s*["']production["']|process\.env\.NODE_ENV\s*===?\s*["']development["']|import\.meta\.env\.DEV|__DEV__)\s*\)*($|\s*&&)/;
const PARSED = /\.[mc]?[jt]s$/;

/**
 * Calls of the console and `debugger` statements. JavaScript and TypeScript are parsed; what cannot be (JSX, enums,
 * Vue and Svelte components) is read by its words, comments and strings left out.
 */
export function outputInJavaScript(
  path: string,
  text: string,
  allowed: readonly ConsoleMethod[],
): DebugOutput[] {
  if (!/console|debugger/.test(text)) return [];
  const forbidden = new Set<string>(CONSOLE_METHODS.filter((method) => !allowed.includes(method)));
  const tree = PARSED.test(path) ? parsedJavaScript(path, text) : undefined;
  return tree ? inTree(tree, forbidden) : inWords(text, forbidden);
}

function inTree({ root, code }: JavaScriptTree, forbidden: ReadonlySet<string>): DebugOutput[] {
  const found: DebugOutput[] = [];
  const waiting: [node: AnyNode, parent: AnyNode | undefined][] = [[root, undefined]];
  const add = (node: AnyNode, what: string): void => {
    found.push({ line: lineOf(node), what });
  };
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, parent] = next;
    if (node.type === "DebuggerStatement") add(node, "debugger");
    if (node.type === "MemberExpression" && isConsole(node.object as AnyNode) && !isReplaced(node, parent)) {
      const method = nameOf(node.property as AnyNode);
      if (method !== undefined && forbidden.has(method)) add(node, `console.${method}`);
    }
    if (node.type === "VariableDeclarator" && node.init && isConsole(node.init as AnyNode)) {
      for (const property of ((node.id as AnyNode).properties ?? []) as AnyNode[]) {
        const method = property.type === "Property" ? nameOf(property.key as AnyNode) : undefined;
        if (method !== undefined && forbidden.has(method)) add(property, `console.${method}`);
      }
    }
    const unreached = skipped(node, code);
    for (const child of childrenOf(node)) if (child !== unreached) waiting.push([child, node]);
  }
  return found.sort((a, b) => a.line - b.line);
}

/** The branch that a production build never takes. */
function skipped(node: AnyNode, code: string): unknown {
  const [test, branch] =
    node.type === "IfStatement" || node.type === "ConditionalExpression"
      ? [node.test, node.consequent]
      : node.type === "LogicalExpression" && node.operator === "&&"
        ? [node.left, node.right]
        : [];
  if (!test) return undefined;
  const { start, end } = test as AnyNode;
  const said = code.slice(start, end);
  return IN_DEVELOPMENT_ONLY.test(said) && !said.includes("||") ? branch : undefined;
}

function isConsole(node: AnyNode): boolean {
  if (node.type === "Identifier") return node.name === "console";
  if (node.type !== "MemberExpression" || nameOf(node.property as AnyNode) !== "console") return false;
  return /^(window|globalThis|global|self)$/.test(String((node.object as AnyNode).name));
}

/** `console.log = () => {}` silences it. */
function isReplaced(node: AnyNode, parent: AnyNode | undefined): boolean {
  return parent?.type === "AssignmentExpression" && parent.left === node;
}

function nameOf(node: AnyNode): string | undefined {
  if (node.type === "Identifier") return node.name as string;
  return node.type === "Literal" ? String(node.value) : undefined;
}

function inWords(text: string, forbidden: ReadonlySet<string>): DebugOutput[] {
  return blanked(text, COMMENT_STYLES.markup)
    .split("\n")
    .flatMap((line, index): DebugOutput[] => {
      const calls = [...line.matchAll(/(?<![\w$])console\s*\??\.\s*(\w+)(?!\s*=[^=])/g)];
      const methods = calls.map(([, method = ""]) => method).filter((method) => forbidden.has(method));
      const found = methods.map((method) => ({ line: index + 1, what: `console.${method}` }));
      return /^\s*debugger\s*;?\s*$/.test(line) ? [{ line: index + 1, what: "debugger" }] : found;
    });
}
