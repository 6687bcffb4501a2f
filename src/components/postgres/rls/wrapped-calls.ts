/**
 * Calls in a policy that are made anew for every row: not inside a scalar sub-select of their own. A sub-select
 * that reads a table (has FROM) does not help, it runs per row too. `expression` is as pg_get_expr writes it.
 */
export function callsPerRow(expression: string, functions: readonly string[]): string[] {
  const text = withoutStrings(expression);
  return functions.filter((name) => callsOf(text, name).some((at) => !isWrapped(text, at)));
}

/** Strings and quoted names blanked out, so that a parenthesis in them is none. */
function withoutStrings(expression: string): string {
  return expression.replace(/'(?:[^']|'')*'/g, (text) => "'".padEnd(text.length, "_"));
}

function callsOf(text: string, name: string): number[] {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return [...text.matchAll(new RegExp(`(?<![\\w."])${escaped}\\(`, "gi"))].map((match) => match.index);
}

function isWrapped(text: string, at: number): boolean {
  for (let open = openingBefore(text, at); open >= 0; open = openingBefore(text, open)) {
    const inside = text.slice(open + 1, closingAfter(text, open));
    if (/^\s*SELECT\b/i.test(inside)) return !/\bFROM\b/i.test(ownText(inside));
  }
  return false;
}

/** The parenthesis around a position; -1 when there is none. */
function openingBefore(text: string, at: number): number {
  let depth = 0;
  for (let index = at - 1; index >= 0; index--) {
    if (text[index] === ")") depth += 1;
    if (text[index] === "(" && depth-- === 0) return index;
  }
  return -1;
}

function closingAfter(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === "(") depth += 1;
    if (text[index] === ")" && --depth === 0) return index;
  }
  return text.length;
}

/** What stands outside inner parentheses. */
function ownText(text: string): string {
  let rest = text;
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\([^()]*\)/g, " ");
  }
  return rest;
}
