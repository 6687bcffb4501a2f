/** One field of an interface, as it is written there. */
export interface Member {
  readonly name: string;
  readonly optional: boolean;
  /** Its docstring in one line; empty when there is none. */
  readonly says: string;
  /** The text of its type. */
  readonly type: string;
}

/** One `{ ... }` of a type. */
export interface Shape {
  readonly says: string;
  readonly members: readonly Member[];
}

export type Declarations = ReadonlyMap<string, string>;

const DECLARED = /^(?:export )?(?:interface (?<interface>\w+)(?: extends \w+)? (?=\{)|type (?<type>\w+) =)/gm;

/** Interfaces and types of source files by name, each with the text of its type. */
export function declarationsIn(sources: readonly string[]): Declarations {
  const found = sources.flatMap((source) =>
    [...source.matchAll(DECLARED)].map((match) => {
      const from = match.index + match[0].length;
      const isInterface = match.groups?.interface !== undefined;
      const to = isInterface ? blockEnd(source, from) : endOf(source, from, ";");
      return [match.groups?.interface ?? match.groups?.type ?? "", source.slice(from, to)] as const;
    }),
  );
  return new Map(found);
}

/** Every `{ ... }` that a type is made of: its own, and those of the types it names. */
export function shapesOf(type: string, declarations: Declarations): Shape[] {
  const shapes: Shape[] = [];
  let says = "";
  for (let at = 0; at < type.length; ) {
    const rest = type.slice(at);
    const token = /^(?:\s+|\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|\w+|.)/.exec(rest)?.[0] ?? rest;
    if (token.startsWith("/**")) says = proseOf(token);
    if (token === "{") {
      const end = blockEnd(type, at);
      shapes.push({ says, members: membersOf(type.slice(at + 1, end - 1)) });
      says = "";
      at = end;
      continue;
    }
    shapes.push(...shapesOf(declarations.get(token) ?? "", declarations));
    at += token.length;
  }
  return shapes;
}

function membersOf(body: string): Member[] {
  const members: Member[] = [];
  const head = /\s*(?<says>\/\*\*[\s\S]*?\*\/)?\s*(?:readonly )?(?<name>\w+)(?<optional>\?)?:\s*/y;
  for (;;) {
    const match = head.exec(body);
    if (!match) return members;
    const to = endOf(body, head.lastIndex, ";");
    const { says = "", name = "", optional } = match.groups ?? {};
    members.push({
      name,
      optional: optional !== undefined,
      says: proseOf(says),
      type: body.slice(head.lastIndex, to).trim(),
    });
    head.lastIndex = to + 1;
  }
}

function proseOf(docstring: string): string {
  const words = docstring.replace(/^\/\*\*|\*\/$/g, "").replace(/^\s*\*/gm, "");
  return words.replace(/\s+/g, " ").trim();
}

function blockEnd(source: string, from: number): number {
  return endOf(source, from + 1, "}") + 1;
}

/** Where such a character stands outside of brackets, texts and comments; the end when it does not. */
function endOf(source: string, from: number, wanted: string): number {
  const token = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|[[\](){};]/g;
  token.lastIndex = from;
  let depth = 0;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    const [found] = match;
    if (depth === 0 && found === wanted) return match.index;
    if (/^[[({]$/.test(found)) depth += 1;
    if (/^[\])}]$/.test(found)) depth -= 1;
  }
  return source.length;
}
