import { withoutComments } from "./html-comments.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  copy: "©",
  rarr: "→",
  ndash: "–",
  mdash: "—",
  hellip: "…",
};

/** Without any of these a text is plain. */
const MARKS = /[`\\<>*_~&[]/;

/** The words of inline Markdown as a reader sees them. Code spans keep what is in them, links their text. */
export function plainText(markdown: string): string {
  if (!MARKS.test(markdown)) return withoutGaps(markdown);
  if (!markdown.includes("`")) return withoutGaps(withoutMarks(markdown));
  const parts = splitCode(markdown);
  // Marks around a code span belong together, and see nothing of what is in it.
  const marked = parts
    .map(({ text, isCode }, at) => (isCode ? `${CODE_FROM}${at}${CODE_TO}` : text.replace(CODE_MARKS, "")))
    .join("");
  return withoutGaps(withoutMarks(marked).replace(CODE, (_, at: string) => parts[Number(at)]?.text ?? ""));
}

/** Characters that Unicode leaves to everybody's own use. */
const [CODE_FROM, CODE_TO] = ["\uE000", "\uE001"];
const CODE_MARKS = /[\uE000\uE001]/g;
const CODE = /\uE000(\d+)\uE001/g;

function withoutGaps(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** What stands in code spans: commands, paths, names. */
export function codeIn(markdown: string): string[] {
  if (!markdown.includes("`")) return [];
  return splitCode(markdown)
    .filter((part) => part.isCode)
    .map((part) => part.text.trim());
}

export interface Part {
  readonly text: string;
  readonly isCode: boolean;
  /** Of the part in the Markdown, its marks included. */
  readonly from: number;
  readonly to: number;
}

/** Parts in and outside code spans: a run of backticks ends at the next run of the same length. */
export function splitCode(markdown: string): Part[] {
  const runs = [...markdown.matchAll(/`+/g)].map((run) => ({ at: run.index, length: run[0].length }));
  const nextOfLength = closingRuns(runs);
  const parts: Part[] = [];
  let from = 0;
  const addText = (to: number): void => {
    if (to > from) parts.push({ text: markdown.slice(from, to), isCode: false, from, to });
  };
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index];
    const closing = nextOfLength[index];
    if (!run || run.at < from || closing === undefined || markdown[run.at - 1] === "\\") continue;
    const end = runs[closing];
    if (!end) continue;
    addText(run.at);
    const to = end.at + end.length;
    parts.push({ text: markdown.slice(run.at + run.length, end.at), isCode: true, from: run.at, to });
    from = to;
    index = closing;
  }
  addText(markdown.length);
  return parts;
}

function closingRuns(runs: readonly { length: number }[]): (number | undefined)[] {
  const seen = new Map<number, number>();
  const closing: (number | undefined)[] = [];
  for (let index = runs.length - 1; index >= 0; index--) {
    const { length = 0 } = runs[index] ?? {};
    closing[index] = seen.get(length);
    seen.set(length, index);
  }
  return closing;
}

function withoutMarks(markdown: string): string {
  const text = withoutComments(markdown);
  if (!MARKS.test(text)) return text;
  return text
    .replace(/!?\[([^[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g, "$1")
    .replace(/!?\[([^[\]]+)\]\[[^[\]]*\]/g, "$1")
    .replace(/<((?:https?|mailto):[^\s<>]*)>/g, "$1")
    .replace(/<br\s*\/?>/gi, " ")
    .replace(/<\/?[a-zA-Z][^<>]*>/g, "")
    .replace(/(?<!\\)(\*\*\*|\*\*|~~)(?=\S)|(?<=\S)(?<!\\)(\*\*\*|\*\*|~~)/g, "")
    .replace(/(?<![\p{L}\p{N}_\\])__(?=\S)|(?<=\S)__(?![\p{L}\p{N}_])/gu, "")
    .replace(/(?<![\p{L}\p{N}*_\\])([*_])(?=\S)([^*_]*?\S)\1(?![\p{L}\p{N}*_])/gu, "$2")
    .replace(/&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]+);/g, decodeEntity)
    .replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
  const code = /^#[xX]/.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : "";
}

/** "Code Quality" of "**Code Quality**: all tests pass"; undefined when a text has no such beginning. */
export function leadOf(markdown: string): string | undefined {
  const match =
    /^(\*\*|__)([^*_]{1,80}?):?\1\s*(?::|[-–—]\s)\s*(?=\S)|^(\*\*|__)([^*_]{1,80}?):\3\s*(?=\S)/.exec(
      markdown,
    );
  const lead = match?.[2] ?? match?.[4];
  return lead === undefined ? undefined : plainText(lead).replace(/:$/, "");
}

/** Without emoji, arrows and boxes at the start: "✅ Core" is "Core". */
export function withoutLeadingSymbols(text: string): string {
  return text.replace(/^(?:(?:\p{Extended_Pictographic}|\p{So}|\uFE0F|\u200D|✓)\s*)+(?=\S)/u, "").trim();
}
