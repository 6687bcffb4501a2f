import { endSignOf } from "../markdown/end-sign.ts";
import { cellsOf, emojiMarkOf } from "../markdown/line-shapes.ts";
import { saidOtherwise, signFor } from "../markdown/tick-words.ts";

/** Where a line says whether it is done, and with which signs. */
export interface TickPlace {
  readonly writtenAs: "box" | "table" | "mark" | "end" | "bullet";
  /** Of a row of a table: which cell, from 0. */
  readonly tickColumn?: number;
}

/** The line with its box ticked or not, every other character as it was; undefined where there is no box to write. */
export function withTick(line: string, ticked: boolean, place: TickPlace): string | undefined {
  switch (place.writtenAs) {
    case "box":
      return replacedAt(line, PREFIX.exec(line)?.[0].length ?? 0, ticked);
    case "table":
      return inCell(line, ticked, place.tickColumn ?? 0);
    case "mark":
      return withMark(line, ticked);
    case "end":
      return withEndSign(line, ticked);
    case "bullet":
      return undefined;
  }
}

/** Quotation marks, headings, markers of nested lists, blanks, characters without width: what may stand before a box. */
const PREFIX =
  /^(?:[\s\u200B-\u200F\u2060\uFEFF]|>|#{1,6}|\\?(?:[-*+•◦▪‣–—−－·∙●○▸►➢]|[o§](?=\t)|\d{1,9}\\?[.)]|(?:\(?(?:\p{L}|[ivx]{2,5}|\d{1,3}(?:\.\d{1,3}){0,4})[.)]|\d{1,3}(?:\.\d{1,3}){1,4})(?=\s+\[))(?=[\s\u200B-\u200F\u2060]|\\?[[［【]))*/u;

function replacedAt(line: string, at: number, ticked: boolean): string | undefined {
  const rest = line.slice(at);
  const [brackets, open, close] = /^(\\?[[［【])\s*[^\s\\\]］】]?\s*(\\?[\]］】])/su.exec(rest) ?? [];
  if (brackets) return line.slice(0, at) + open + (ticked ? "x" : " ") + close + rest.slice(brackets.length);
  const glyph = /^[☐☑☒🔲🔳⬜◻🗹□▢]/u.exec(rest);
  if (!glyph) return undefined;
  return line.slice(0, at) + (ticked ? "☑" : "☐") + rest.slice(glyph[0].length);
}

function inCell(line: string, ticked: boolean, column: number): string | undefined {
  const quotes = /^[\s>]*/.exec(line)?.[0] ?? "";
  const cell = cellsOf(line.slice(quotes.length))?.[column];
  if (!cell) return undefined;
  const end = quotes.length + cell.end;
  const start = end - cell.text.length;
  const now = line.slice(start, end);
  const sign = cellWith(now, ticked);
  return sign === undefined ? undefined : line.slice(0, start) + sign + line.slice(end);
}

/** A cell in its own way of writing: "[ ]", "☐", "✅", a word, or a word in bold; comments behind it stay. */
function cellWith(cell: string, ticked: boolean): string | undefined {
  const at = cell.indexOf("<!--");
  const now = (at === -1 ? cell : cell.slice(0, at)).trimEnd();
  const sign = signIn(now, ticked);
  return sign === undefined ? undefined : sign + cell.slice(now.length);
}

function signIn(now: string, ticked: boolean): string | undefined {
  if (now === "") return ticked ? "✅" : "";
  const box = replacedAt(now, 0, ticked);
  if (box !== undefined) return box;
  const [, before = "", said = "", behind = ""] = /^([*_`]*)(.*?)([*_`]*)$/su.exec(now) ?? [];
  const other = saidOtherwise(said, ticked);
  return other === undefined ? undefined : before + other + behind;
}

/** "✅ text" of people who write no boxes: what was not ticked stays as it is until it is earned. */
function withMark(line: string, ticked: boolean): string | undefined {
  const at = PREFIX.exec(line)?.[0].length ?? 0;
  const rest = line.slice(at);
  const mark = emojiMarkOf(rest);
  if (!mark) return undefined;
  if (mark.ticked === ticked) return line;
  return line.slice(0, at) + signFor(mark.sign, ticked) + rest.slice(mark.sign.length);
}

/** "text ✅" */
function withEndSign(line: string, ticked: boolean): string | undefined {
  const end = endSignOf(line);
  if (!end || end.ticked === ticked) return end && line;
  return line.slice(0, end.from) + signFor(end.sign, ticked) + line.slice(end.from + end.sign.length);
}
