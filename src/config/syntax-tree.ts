import { type Node, type Program, parse } from "acorn";

/** From 1, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The module a text is; undefined when it is not valid. */
export function parsedModule(source: string): Program | undefined {
  try {
    return parse(source, {
      ecmaVersion: "latest",
      sourceType: "module",
      locations: true,
      allowHashBang: true,
    });
  } catch {
    return undefined;
  }
}

/** Where the text stops being JavaScript. */
export function syntaxErrorAt(source: string): (Position & { readonly message: string }) | undefined {
  try {
    parse(source, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true });
    return undefined;
  } catch (thrown) {
    const { loc, message } = thrown as { loc?: { line: number; column: number }; message: string };
    return loc && { line: loc.line, column: loc.column + 1, message: message.replace(/ \(\d+:\d+\)$/, "") };
  }
}

export function positionOf(node: Node): Position | undefined {
  return node.loc ? { line: node.loc.start.line, column: node.loc.start.column + 1 } : undefined;
}

/** A node and all below it, in the order of the text. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node) as unknown[])
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(each)) yield* nodesOf(each);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

/** Where the first node of a kind is written in a source; undefined also when the source is not valid. */
export function placeInSource(
  source: string | undefined,
  isIt: (node: Node) => boolean,
): Position | undefined {
  const program = source === undefined ? undefined : parsedModule(source);
  if (!program) return undefined;
  for (const node of nodesOf(program)) if (isIt(node)) return positionOf(node);
  return undefined;
}

/** Whether a node calls something by this name: "defineLaunch", "process.exit". */
export function isCallOf(node: Node, name: string): boolean {
  return node.type === "CallExpression" && nameOf((node as Node & { callee: Node }).callee) === name;
}

function nameOf(node: Node): string | undefined {
  if (node.type === "Identifier") return (node as Node & { name: string }).name;
  if (node.type !== "MemberExpression") return undefined;
  const { object, property } = node as Node & { object: Node; property: Node };
  return `${nameOf(object)}.${nameOf(property)}`;
}
