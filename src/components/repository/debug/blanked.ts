export interface CommentStyle {
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  /** Those that may run over lines; every other string ends with its line, so that an apostrophe in a text does no harm. */
  readonly longStrings: readonly string[];
  readonly strings: readonly string[];
}

const C: CommentStyle = {
  line: ["//"],
  block: [["/*", "*/"]],
  longStrings: ['"""'],
  // A template may run over lines, but one backtick in a pattern or a text would hide all code up to the next.
  strings: ['"', "'", "`"],
};
export const COMMENT_STYLES = {
  c: C,
  php: { ...C, line: ["//", "# "], longStrings: [] },
  markup: { ...C, block: [["/*", "*/"] as const, ["<!--", "-->"] as const] },
  python: { line: ["#"], block: [], longStrings: ['"""', "'''"], strings: ['"', "'"] },
  hash: { line: ["#"], block: [], longStrings: [], strings: ['"', "'"] },
  sql: { line: ["--"], block: [["/*", "*/"]], longStrings: [], strings: ["'"] },
  ruby: { line: ["#"], block: [["\n=begin", "\n=end"]], longStrings: [], strings: ['"', "'"] },
} as const satisfies Record<string, CommentStyle>;

/** The code with its comments and the insides of its strings made blank; every line stays where it is. */
export function blanked(code: string, style: CommentStyle): string {
  return only("code", code, style);
}

/** The comments alone, on the lines where they stand. */
export function commentsOf(code: string, style: CommentStyle): string {
  return only("comment", code, style);
}

type Part = "code" | "comment" | "string";

function only(wanted: Part, code: string, style: CommentStyle): string {
  let out = "";
  for (let at = 0; at < code.length; ) {
    const [part, end] = partAt(code, at, style);
    const text = code.slice(at, end);
    out += part === wanted ? text : text.replace(/[^\n]/g, " ");
    at = end;
  }
  return out;
}

function partAt(code: string, at: number, style: CommentStyle): [part: Part, end: number] {
  const before = code[at - 1];
  // In a pattern ("\\/*") and in an address ("https://") it begins no comment.
  const block = before === "\\" ? undefined : style.block.find(([open]) => code.startsWith(open, at));
  if (block) return ["comment", endOf(code, block[1], at + block[0].length)];
  const mark = style.line.find((each) => code.startsWith(each, at));
  if (mark !== undefined && !(mark === "//" && (before === "\\" || before === ":")))
    return ["comment", lineEnd(code, at)];
  const long = style.longStrings.find((quote) => code.startsWith(quote, at));
  if (long) return ["string", endOf(code, long, at + long.length)];
  if (style.strings.includes(code[at] ?? "")) return ["string", stringEnd(code, at)];
  return ["code", at + 1];
}

function endOf(code: string, mark: string, from: number): number {
  for (let at = code.indexOf(mark, from); at >= 0; at = code.indexOf(mark, at + 1)) {
    if (code[at - 1] !== "\\" || code[at - 2] === "\\") return at + mark.length;
  }
  return code.length;
}

function lineEnd(code: string, from: number): number {
  const end = code.indexOf("\n", from);
  return end < 0 ? code.length : end;
}

function stringEnd(code: string, start: number): number {
  const end = lineEnd(code, start);
  for (let at = start + 1; at < end; at++) {
    if (code[at] === "\\") at += 1;
    else if (code[at] === code[start]) return at + 1;
  }
  return end;
}
