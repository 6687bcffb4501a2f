import type { Block, Entry } from "./blocks.ts";
import { endSignOf } from "./end-sign.ts";
import { boxOf, cellsOf, emojiMarkOf } from "./line-shapes.ts";
import { inSections, isAside, type Placed } from "./sections.ts";
import type { TaskLine } from "./task-line.ts";
import { FEWEST_SIGNS, marksInParagraph } from "./task-lines.ts";
import { tickSaidBy } from "./tick-words.ts";

/**
 * Lines of bullets with a sign ("✅ Domain registered") in a document whose tasks have boxes, and lines without a bullet
 * where there are several: meant as tasks or as a report of what is done, nobody knows. What stands below a task belongs
 * to it.
 */
export function unreadMarks(blocks: readonly Block[], tasks: readonly TaskLine[]): number[] {
  const isMarked = (block: Block): boolean =>
    block.kind === "entry"
      ? emojiMarkOf(block.text) !== undefined
      : block.kind === "paragraph" && block.texts.some((text) => emojiMarkOf(text) || endSignOf(text));
  if (!blocks.some(isMarked)) return [];
  const read = new Set(tasks.map(({ line }) => line));
  const isRead = (entry: Entry | undefined): boolean =>
    entry !== undefined && (read.has(entry.lines[0] ?? 0) || isRead(entry.parent));
  const placed = inSections(blocks);
  const entries = placed.flatMap(({ block, section }) => {
    if (block.kind !== "entry" || !emojiMarkOf(block.text) || isAside(section) || isRead(block)) return [];
    return block.lines.slice(0, 1);
  });
  const lines = placed
    .flatMap((each) => [...marksInParagraph(each).map(({ line }) => line), ...marksAtEnds(each)])
    .filter((line) => !read.has(line));
  return lines.length < FEWEST_SIGNS ? entries : [...entries, ...lines].toSorted((a, b) => a - b);
}

/** "Backups configured ✅", line by line. */
function marksAtEnds({ block, section }: Placed): number[] {
  if (block.kind !== "paragraph" || isAside(section)) return [];
  const isList = block.texts.every(
    (text) => endSignOf(text) !== undefined && emojiMarkOf(text) === undefined,
  );
  return isList ? block.texts.map((_, at) => block.line + at) : [];
}

const IN_HTML = /^\s*<[a-z]/i;
const TICK = /<input\b[^>]*\bcheckbox\b|[☐☑☒✅❌✔✗✓]|\[[ xX]\]/iu;

/** Lines of HTML with a box or a tick: a table or a list that only a browser shows as one. */
export function ticksInHtml(blocks: readonly Block[]): number[] {
  return blocks
    .flatMap(writtenIn)
    .flatMap(({ text, line }) => (IN_HTML.test(text) && (TICK.test(text) || saysState(text)) ? [line] : []));
}

/** Lines like rows of a table with a box in a cell, which without the line below its head is none. */
export function rowsWithoutTable(blocks: readonly Block[]): number[] {
  const isRow = ({ text }: { text: string }): boolean =>
    text.startsWith("|") && (cellsOf(text) ?? []).some((cell) => boxOf(cell.text) !== undefined);
  return blocks
    .filter(({ kind }) => kind === "paragraph")
    .flatMap(writtenIn)
    .flatMap((row) => (isRow(row) ? [row.line] : []));
}

const CELL = /<td\b[^<>]*>\s*([^<>]{1,20}?)\s*<\/td>/giu;

/** "<td>Done</td>" */
function saysState(text: string): boolean {
  return [...text.matchAll(CELL)].some(([, words = ""]) => tickSaidBy(words) !== undefined);
}

function writtenIn(block: Block): { readonly text: string; readonly line: number }[] {
  if (block.kind === "entry") return block.lines.slice(0, 1).map((line) => ({ text: block.text, line }));
  return block.kind === "paragraph" ? block.texts.map((text, at) => ({ text, line: block.line + at })) : [];
}
