import type { Binding } from "../binding.ts";
import { formatBinding } from "../format-binding.ts";
import { type HtmlComment, htmlComments } from "./html-comments.ts";
import { cellsOf } from "./line-shapes.ts";
import { splitCode } from "./plain-text.ts";
import { joinLines, splitLines, type TextLine } from "./text-lines.ts";

/** However its name is written: whoever writes "Gonogo:" means it, too. */
const NAMED = /^\s*gonogo:/i;

/** The binding comment of a line, its words without "gonogo:"; one shown in a code span is no comment. */
export function findComment(line: string): HtmlComment | undefined {
  if (!/gonogo:/i.test(line)) return undefined;
  const comments = htmlComments(line).filter(({ words }) => NAMED.test(words));
  const mayBeCode = comments.length > 0 && line.includes("`");
  const codes = mayBeCode ? splitCode(line).filter((part) => part.isCode) : [];
  const found = comments.find(({ from, to }) => !codes.some((code) => code.from < from && to < code.to));
  return found && { ...found, words: found.words.replace(NAMED, "").trim() };
}

/** A line number from 1, and the binding its comment shall say; undefined takes the comment away. */
export type Bindings = ReadonlyMap<number, Binding | undefined>;

/**
 * Writes binding comments into a checklist. What is not such a comment stays byte for byte, line ends included; a
 * line that does not exist is passed over. In a table the comment stands in the cell of the row with most words.
 */
export function bindLines(text: string, bindings: Bindings): string {
  const lines = splitLines(text);
  const written = lines.map((line, index): TextLine => {
    if (!bindings.has(index + 1)) return line;
    return { ...line, text: bindText(line.text, bindings.get(index + 1)) };
  });
  return joinLines(written);
}

function bindText(line: string, binding: Binding | undefined): string {
  const known = findComment(line);
  if (!binding) return known ? withoutComment(line, known) : line;
  const comment = `<!-- gonogo: ${formatBinding(binding)} -->`;
  if (known) return line.slice(0, known.from) + comment + line.slice(known.to);
  const at = placeFor(line);
  return `${line.slice(0, at)} ${comment}${line.slice(at)}`;
}

function withoutComment(line: string, { from, to }: HtmlComment): string {
  const gap = line[from - 1] === " " ? 1 : 0;
  return line.slice(0, from - gap) + line.slice(to);
}

/** After the words: before blanks or a backslash that break the line, in a table inside a cell. */
export function placeFor(line: string): number {
  const cells = /^\s*\|/.test(line) ? cellsOf(line) : undefined;
  const wordiest = cells?.toSorted((a, b) => letters(b.text) - letters(a.text))[0];
  return wordiest?.end ?? line.replace(/(?<!\\)\\\s*$|\s+$/, "").length;
}

/** Without those of ":white_check_mark:". */
function letters(text: string): number {
  return text.replace(/:\w+:/g, "").match(/\p{L}/gu)?.length ?? 0;
}
