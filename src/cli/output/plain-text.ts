/**
 * Text from outside (a server's header, a log line) made harmless for a terminal: control characters, the C1 range
 * and marks that turn the direction of writing become visible escapes, half signs the replacement sign. Line ends and tabs become spaces
 * unless `lines` keeps the ends.
 */
export function harmless(text: string, { lines = false }: { lines?: boolean } = {}): string {
  const ends = lines ? text.replace(/\r\n?/g, "\n") : text.replace(/[\r\n]+/g, " ");
  return ends.replaceAll("\t", "  ").replace(UNSAFE, escaped).toWellFormed();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

let segmenter: Intl.Segmenter | undefined;

/** Its tables take longer to read than the rest of this file, and most texts never ask for them. */
function signsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}])|\ufe0f/u;
const ZERO = /^[\p{Mn}\p{Me}\u200b-\u200d]+$/u;

/** Letters and marks of which each is a column by itself: of European scripts, dashes, arrows, frames. */
const NARROW =
  /^[\x20-\x7e\xa0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25ef✓✗]*$/;

/** Columns a text takes on a terminal (Unicode TR11: East Asian wide signs and emoji take two). */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const { segment } of signsOf(text)) {
    if (!ZERO.test(segment)) width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}

/** A text cut to at most so many columns, with "…" where something is left out. */
export function cropped(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  for (const { segment } of signsOf(text)) {
    if (widthOf(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** How wide a text is made for a terminal of so many columns; without a terminal it is not wrapped. */
export function textWidth(columns: number): number {
  return Number.isFinite(columns) ? Math.max(40, Math.min(100, columns)) : columns;
}

/**
 * Lines of at most `width` columns, broken between words; a word longer than a line is cut. What is to be pasted is
 * never broken, however long: code and quoted words, commands, names with marks in them, and lines that come indented.
 */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => wrapLine(line, Math.max(10, width)));
}

function wrapLine(text: string, width: number): string[] {
  if (width === Number.POSITIVE_INFINITY || widthOf(text) <= width || text.startsWith(" "))
    return [text.trimEnd()];
  const lines: string[] = [];
  let line = "";
  for (const word of wordsOf(text).flatMap((each) => cut(each, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
  }
  return line === "" ? lines : [...lines, line];
}

/** "gonogo restore b2 --component db": with what belongs to it, as far as that can be told from words behind it. */
const COMMAND =
  /(?<![\w/.-])gonogo(?: (?:incidents|backups|silence|key|store|drill))? [a-z][a-z-]*(?: (?:--?[\w-]+(?:[ =](?:"[^"]*"|[^\s"'`-][^\s,;]*))?|[\w.:/-]+(?= --?\w)|[^\s"',;]*\d[^\s"',;]*))*/;
/** A code span or a quoted text. The apostrophe of a word opens nothing. */
const QUOTED = /(?<!\w)(["'`])(?:(?!\1).)+\1(?!\w)/u;
const PIECE = new RegExp(`${QUOTED.source}|${COMMAND.source}|.`, "gsu");

/** Split at spaces, but not at those within code, quotes and commands. */
function wordsOf(text: string): string[] {
  const words = [""];
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece === " ") words.push("");
    else words.push(words.pop() + piece);
  }
  return words;
}

/** An id, a path, an address, a hash: in two pieces it leads nowhere. */
const PASTED = /^[!-~]*(?:\w[-._]\w|\/|[0-9a-f]{32})[!-~]*$/;

function cut(word: string, width: number): string[] {
  if (widthOf(word) <= width || [QUOTED, COMMAND, PASTED].some((whole) => whole.test(word))) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const { segment } of signsOf(word)) {
    if (widthOf(piece + segment) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** Lines wrapped for a terminal; what follows a wrapped line's first part hangs two columns deeper. */
export function folded(text: string, { columns }: { columns: number }): string {
  const width = textWidth(columns);
  const lines = text.split("\n").flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? "";
    const [first = "", ...rest] = wrap(line.slice(indent.length), width - indent.length - 2);
    return [indent + first, ...rest.map((each) => `${indent}  ${each}`)];
  });
  return lines.join("\n");
}
