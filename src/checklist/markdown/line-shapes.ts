import { indentOf } from "./text-lines.ts";

/** What a single line looks like, whatever stands around it. Texts are raw Markdown. */

export interface ListMarker {
  /** Columns before the marker. */
  readonly indent: number;
  /** Columns before what follows the marker. */
  readonly contentIndent: number;
  readonly isOrdered: boolean;
  readonly rest: string;
}

/**
 * "a. [ ] text" and "2.1 [ ] text" are lists of people who count in letters and in chapters, "– [ ] text" of those whose editor makes dashes; without a
 * box either may be a sentence. Word makes its lists of "o" and "§" with a tab. "-[ ] text" was typed in a hurry.
 */
const MARKER =
  /^([-*+•◦▪‣·∙●○▸►➢]|[o§](?=\t)|\d{1,9}[.)]|(?:(?:\p{L}|[ivx]{2,5}|\d{1,3}(?:\.\d{1,3}){1,4})[.)]|\d{1,3}(?:\.\d{1,3}){1,4}|\((?:\p{L}|[ivx]{2,5}|\d{1,3})\)|[–—−－])(?=[ \t]+\[[ \t]*[xX]?[ \t]*\][ \t]))([ \t]+|$|(?=\[[ \t]*[xX]?[ \t]*\][ \t]))/u;

export function listMarkerOf(text: string, column = 0): ListMarker | undefined {
  const trimmed = text.trimStart();
  const match = MARKER.exec(trimmed);
  if (!match?.[1]) return undefined;
  const indent = column + indentOf(text);
  const gap = indentOf(match[2] ?? "");
  return {
    indent,
    // More than four blanks begin indented code in the item; its content still starts one blank on.
    contentIndent: indent + match[1].length + (gap > 4 || gap === 0 ? 1 : gap),
    isOrdered: match[1].length > 1,
    rest: trimmed.slice(match[0].length),
  };
}

/** A box that begins a line without any marker: "[ ] text", "☐ text". */
export function bareBoxOf(text: string): ListMarker | undefined {
  const rest = text.trim();
  if (!/^(?:\[[ \t]*[xX✓✔☑√✅✗✘❌]?[ \t]*\]\s|[☐☑☒🔲🔳⬜◻🗹□▢])/u.test(rest) || !boxOf(rest)) return undefined;
  const indent = indentOf(text);
  return { indent, contentIndent: indent + 2, isOrdered: false, rest };
}

export interface Box {
  readonly ticked: boolean;
  readonly rest: string;
}

/** "[>]", "[/]", "[!]": moved, begun and urgent, as note takers have it. */
const BRACKETS = /^\[[ \t]*([xX✓✔☑√✅✗✘❌vV~\-?>/!]?)[ \t]*\](?![([:])(.*)$/su;
const GLYPHS = /^([☐☑☒🔲🔳⬜◻🗹□▢])\uFE0F?\s*(.*)$/su;
/** "☒" is how Word ticks. */
const TICKED = /^[xX✓✔☑☒√✅vV🗹]$/u;

/** "[ ] text", "[x] text", "[x ] text" of a hurry, "☐ text"; undefined when the text begins with no box. */
export function boxOf(text: string): Box | undefined {
  const match = BRACKETS.exec(text) ?? GLYPHS.exec(text);
  if (!match) return undefined;
  const [, mark = "", rest = ""] = match;
  // "[v1] text" and the like are words in brackets, "[x]text" is a box in a hurry.
  if (text.startsWith("[") && /^[vV~\-?>/!]$/.test(mark) && !/^\s/.test(rest)) return undefined;
  return { ticked: TICKED.test(mark), rest: rest.trim() };
}

/** "### ☐ Backups", "### 1.1 [ ] Backups": a heading that is a task as well, as its text without the number signs has it. */
export function headingBoxOf(text: string): Box | undefined {
  return boxOf(listMarkerOf(text)?.rest ?? text);
}

const EMOJI_MARK =
  /^(?:(✅|✔|🟢|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check|green_circle):)|❌|❎|✖|⏳|⌛|🔄|🚧|⚠|🟡|🔴|🟠|⚪|🔵|:(?:x|hourglass(?:_flowing_sand)?|construction|warning|(?:red|yellow|orange|white|large_blue)_circle):)\uFE0F?\s*(?=\S)/u;

export interface Sign extends Box {
  /** As it is written, with the blank behind it. */
  readonly sign: string;
}

/** "✅ text", "❌ text", ":x: text": a tick of people who write no boxes. */
export function emojiMarkOf(text: string): Sign | undefined {
  const match = EMOJI_MARK.exec(text);
  if (!match) return undefined;
  const [sign, tick] = match;
  const rest = text.slice(sign.length).replace(/^[-–—:][ \t]+/, "");
  return { sign, ticked: tick !== undefined, rest: rest.trim() };
}

export interface HeadingLine {
  readonly depth: number;
  readonly text: string;
}

export function headingOf(text: string): HeadingLine | undefined {
  // Two and more number signs are meant as a heading even when the blank was forgotten.
  const match = /^ {0,3}(#{1,6})(?:[ \t]+(.*)|())$|^ {0,3}(#{2,6})([^#\s].*)$/.exec(text);
  if (!match) return undefined;
  const marks = match[1] ?? match[4] ?? "";
  const words = (match[2] ?? match[5] ?? "").trim();
  return { depth: marks.length, text: words.replace(/(^|[ \t])#+$/, "").trim() };
}

export interface FenceLine {
  readonly mark: "`" | "~";
  readonly length: number;
  readonly info: string;
}

export function fenceOf(text: string): FenceLine | undefined {
  const match = /^\s*(`{3,}|~{3,})(.*)$/.exec(text);
  if (!match?.[1]) return undefined;
  const mark = match[1][0] === "`" ? "`" : "~";
  const info = (match[2] ?? "").trim();
  return mark === "`" && info.includes("`") ? undefined : { mark, length: match[1].length, info };
}

export function isThematicBreak(text: string): boolean {
  return /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(text);
}

/** Cells of a table row with the place of each in the line; undefined for a line without a column mark. */
export interface Cell {
  readonly text: string;
  /** Offset after the last character of the cell's text. */
  readonly end: number;
}

export function cellsOf(text: string): Cell[] | undefined {
  const cells: Cell[] = [];
  let from = 0;
  let marks = 0;
  const add = (to: number): void => {
    const raw = text.slice(from, to);
    cells.push({ text: raw.trim(), end: from + raw.trimEnd().length });
  };
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "|") {
      if (marks > 0 || text.slice(0, at).trim() !== "") add(at);
      marks += 1;
      from = at + 1;
    }
  }
  if (marks === 0) return undefined;
  if (text.slice(from).trim() !== "") add(text.length);
  return cells;
}

export function isDelimiterRow(text: string): boolean {
  return /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(text) && text.includes("|");
}

/** A line without the marks of block quotations, and how many there were; at most `most` are taken off. */
export function unquote(text: string, most = Number.POSITIVE_INFINITY): { depth: number; text: string } {
  const mark = / {0,3}> ?/y;
  let [depth, from] = [0, 0];
  while (depth < most && mark.test(text)) {
    depth += 1;
    from = mark.lastIndex;
  }
  return { depth, text: text.slice(from) };
}

/** ":::tip" and ":::" around what stands apart. */
export function isContainerMark(text: string): boolean {
  return /^\s*:{3,}/.test(text);
}

/** "**T-30 min**" right below a list: nobody goes on with a line that way. */
export function isBoldAlone(text: string): boolean {
  return /^(\*\*|__)[^*_]{1,100}\1:?\s*$/.test(text);
}

export function isCommentStart(text: string): boolean {
  return /^ {0,3}<!--/.test(text);
}

/** Begins, or ends, what stands for itself in the middle of a text. */
export function isHtmlBlock(text: string): boolean {
  return /^\s*<\/?(?:details|summary|div|p|center|section|table|t[rdh]|ul|ol|li|h[1-6]|hr)(?:[\s/>]|$)/i.test(
    text,
  );
}

export function isBoxLine(text: string): boolean {
  return boxOf(listMarkerOf(text)?.rest ?? "") !== undefined || bareBoxOf(text) !== undefined;
}

export function isTableHead(text: string, next: string | undefined): boolean {
  const below = unquote(next ?? "").text;
  return isDelimiterRow(below) && cellsOf(text)?.length === cellsOf(below)?.length;
}

export function isBlockStart(text: string): boolean {
  return [fenceOf, listMarkerOf, headingOf].some((shape) => shape(text)) || isThematicBreak(text);
}
