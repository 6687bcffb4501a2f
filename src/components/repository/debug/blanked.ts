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
  longStrings: ["`", '"""'],
  strings: ['"', "'"],
};
export const COMMENT_STYLES = {
  c: C,
  php: { ...C, line: ["//", "# "], longStrings: [] },
  markup: { ...C, block: [["/*", "*/"] as const, ["<!--", "-->"] as const] },
  python: { line: ["#"], block: [], longStrings: ['"""', "'''"], strings: ['"', "'"] },
  ruby: { line: ["#"], block: [["\n=begin", "\n=end"]], longStrings: [], strings: ['"', "'"] },
} as const satisfies Record<string, CommentStyle>;

/** The code with its comments and the insides of its strings made blank; every line stays where it is. */
export function blanked(code: string, style: CommentStyle): string {
  let rest = 0;
  let out = "";
  const blankTo = (end: number): void => {
    out += code.slice(rest, end).replace(/[^\n]/g, " ");
    rest = end;
  };
  while (rest < code.length) {
    const block = style.block.find(([open]) => code.startsWith(open, rest));
    const long = style.longStrings.find((quote) => code.startsWith(quote, rest));
    if (block) {
      blankTo(endOf(code, block[1], rest + block[0].length));
    } else if (style.line.some((mark) => code.startsWith(mark, rest))) {
      blankTo(lineEnd(code, rest));
    } else if (long) {
      blankTo(endOf(code, long, rest + long.length));
    } else if (style.strings.includes(code[rest] ?? "")) {
      blankTo(stringEnd(code, rest));
    } else {
      out += code[rest];
      rest += 1;
    }
  }
  return out;
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
