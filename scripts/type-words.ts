import type { Declarations } from "./declared-members.ts";

const CALLS: Readonly<Record<string, string | undefined>> = {
  Declared: "component",
  TargetDeclaration: "target",
  ChannelDeclaration: "channel",
};
const WORDS: Readonly<Record<string, string | undefined>> = {
  Duration: "duration",
  Percentage: "percentage",
  string: "text",
  boolean: "true or false",
};

/** The type of a field, for people: "duration", "list of text", "percentage by duration". */
export function wordsOf(type: string, declarations: Declarations): string {
  const text = type
    .replace(/^\|\s*/, "")
    .replace(/^readonly /, "")
    .trim();
  const alternatives = alternativesOf(text);
  if (alternatives.length > 1) return alternatives.map((each) => wordsOf(each, declarations)).join(" or ");
  const list = /^(?<item>[\s\S]+)\[\]$/.exec(text)?.groups?.item?.replace(/^\(([\s\S]*)\)$/, "$1");
  if (list !== undefined) return `list of ${wordsOf(list, declarations)}`;
  const record = /^Readonly<Record<(?<key>\w+), (?<value>[\s\S]+)>>$/.exec(text)?.groups;
  if (record?.value !== undefined) {
    const by = record.key === "string" ? "name" : wordsOf(record.key ?? "", declarations);
    return `${wordsOf(record.value, declarations)} by ${by}`;
  }
  if (/^\{ readonly kind: string;/.test(text)) return "destination";
  const known = CALLS[text] ?? WORDS[text];
  if (known !== undefined) return known;
  if (/^("|number$)/.test(text)) return text;
  const named = declarations.get(text)?.trim();
  return named !== undefined && /^[|\s\w"-]+$/.test(named) ? wordsOf(named, declarations) : "object";
}

/** The parts of "a | b", as far as they stand outside of brackets. */
function alternativesOf(text: string): string[] {
  let depth = 0;
  let from = 0;
  const parts: string[] = [];
  for (const [at, letter] of [...text].entries()) {
    if ("{(<[".includes(letter)) depth += 1;
    if ("})>]".includes(letter)) depth -= 1;
    if (letter !== "|" || depth > 0) continue;
    parts.push(text.slice(from, at).trim());
    from = at + 1;
  }
  return [...parts, text.slice(from).trim()].filter((each) => each !== "");
}
