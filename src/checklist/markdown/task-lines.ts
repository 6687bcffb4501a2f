import type { Block, Entry, Paragraph } from "./blocks.ts";
import { endSignOf } from "./end-sign.ts";
import { roleOf } from "./line-roles.ts";
import { type Box, boxOf, emojiMarkOf, headingBoxOf } from "./line-shapes.ts";
import { measureRows } from "./measure-table.ts";
import { plainText } from "./plain-text.ts";
import { inSections, isAside, type Placed, type Section } from "./sections.ts";
import { type Candidate, chainOf, nearest, type TaskLine, withNotes } from "./task-line.ts";
import { tickRows } from "./tick-table.ts";
import { tickSaidBy } from "./tick-words.ts";

/**
 * The tasks among the blocks. Boxes and tables with ticks say what is a task, and so do headings like "Success metrics"
 * above bullets; a document without either has bullets or lines with signs like ✅, and one without those has bullets. `emptyBoxes` are lines with a box and nothing else.
 */
export function taskLines(blocks: readonly Block[]): { tasks: TaskLine[]; emptyBoxes: number[] } {
  const placed = inSections(blocks);
  const boxed = placed.flatMap(boxesIn);
  const headings = placed.flatMap(boxesInHeading);
  const emptyBoxes = [...boxed, ...headings].filter((each) => each.text === "").map((each) => each.line);
  const found = [...boxed.filter((each) => each.text !== ""), ...placed.flatMap(rowsIn)];
  const listed = found.length > 0 ? besideBoxes(placed, found) : withoutBoxes(placed);
  const asked = headings.filter((each) => each.text !== "");
  const chosen = [...listed, ...asked, ...placed.flatMap(rowsWithRole)];
  return { tasks: withNotes(chosen, placed), emptyBoxes };
}

/** "⬜ Restore" beside "✅ Backups": where all boxes are signs, other signs are boxes too. */
function besideBoxes(placed: readonly Placed[], boxes: readonly Candidate[]): Candidate[] {
  const areSigns = boxes.every(({ isSign }) => isSign);
  const marks = areSigns ? placed.flatMap((each) => [...marksIn(each), ...marksInParagraph(each)]) : [];
  const isAsked = ({ section, words }: Candidate): boolean =>
    !isAside(section) && !roleOf({ text: words, path: pathWithin(section) });
  const found = [...boxes, ...marks.filter(isAsked)];
  return [...found, ...bulletsWithRole(placed, found)];
}

/** Ticked bullets, or lines that begin with a tick each, else bullets. */
function withoutBoxes(placed: readonly Placed[]): Candidate[] {
  const marks = placed.flatMap(marksIn);
  const bullets = placed.flatMap(bulletsIn);
  const inParagraphs = placed.flatMap(marksInParagraph);
  const areLines =
    inParagraphs.length >= FEWEST_SIGNS && inParagraphs.length + marks.length > bullets.length - marks.length;
  return firstFilled([areLines ? [...marks, ...inParagraphs] : marks, bullets.map(signedAtEnd)]);
}

/** One or two, or some among many bullets, are sentences of a text. */
export const FEWEST_SIGNS = 3;

function pathWithin({ steps }: Section): string[] {
  return steps.flatMap(({ kind, text }) => (kind === "title" ? [] : [text]));
}

function boxesIn({ block, section }: Placed): Candidate[] {
  if (block.kind === "paragraph") return boxesInParagraph(block, section);
  if (block.kind !== "entry") return [];
  const box = boxOf(block.text);
  if (!box) return [];
  return [
    {
      ...candidate(block, section, { ...box, writtenAs: "box" }),
      isSign: isSign(block.text),
    },
  ];
}

function isSign(text: string): boolean {
  return !text.startsWith("[");
}

/** "### ☐ Backups": says nothing of whether what stands below it has boxes. */
function boxesInHeading({ block, section }: Placed): Candidate[] {
  const box = block.kind === "heading" ? headingBoxOf(block.text) : undefined;
  if (!box || block.kind !== "heading") return [];
  const above = { steps: section.steps.slice(0, -1) };
  return [{ ...lineOf(box, { line: block.line, section: above, writtenAs: "box" }), heading: block }];
}

/** "☐ text" or "[ ] text", line by line and without bullets. */
function boxesInParagraph(block: Paragraph, section: Section): Candidate[] {
  return block.texts.flatMap((text, index) => {
    const box = boxOf(text);
    const line = block.line + index;
    if (!box) return [];
    return [{ ...lineOf(box, { line, section, writtenAs: "box" }), isSign: isSign(text) }];
  });
}

function lineOf(
  { rest, ticked }: Box,
  given: { line: number; section: Section; writtenAs: Candidate["writtenAs"] },
): Candidate {
  return { ...given, lines: [given.line], text: rest, words: plainText(rest), ticked, entry: undefined };
}

/** "✅ text" on a line of its own, without a bullet; signs of warning, and legends, stand in texts. */
export function marksInParagraph({ block, section }: Placed): Candidate[] {
  if (block.kind !== "paragraph" || isAside(section)) return [];
  const marks = block.texts.map((text) => emojiMarkOf(text));
  return marks.flatMap((mark, index): Candidate[] => {
    const isLine = mark !== undefined && !WARNING.test(mark.sign) && tickSaidBy(mark.rest) === undefined;
    if (!isLine || marks.includes(undefined)) return [];
    return [lineOf(mark, { line: block.line + index, section, writtenAs: "mark" })];
  });
}

const WARNING = /^(?:⚠|🚧|🔄|:warning:|:construction:)/u;

function rowsIn({ block, section }: Placed): Candidate[] {
  if (block.kind !== "table") return [];
  return (tickRows(block) ?? []).map((row): Candidate => {
    const text = boxOf(row.text)?.rest ?? row.text;
    return {
      line: row.line,
      lines: [row.line],
      text,
      words: plainText(text),
      ticked: row.ticked,
      tickColumn: row.column,
      ...(row.doesNotApply && { doesNotApply: true }),
      ...(row.measure !== undefined && { measure: row.measure }),
      writtenAs: "table",
      section,
      entry: undefined,
    };
  });
}

function marksIn({ block, section }: Placed): Candidate[] {
  const mark = block.kind === "entry" ? emojiMarkOf(block.text) : undefined;
  return mark && block.kind === "entry" ? [candidate(block, section, { ...mark, writtenAs: "mark" })] : [];
}

function bulletsIn({ block, section }: Placed): Candidate[] {
  if (block.kind !== "entry" || isAside(section)) return [];
  const isLink = /^!?\[[^\]]*\]\([^)]*\)$|^<?https?:\/\/\S+$/.test(block.text);
  const bullet = candidate(block, section, { rest: block.text, ticked: false, writtenAs: "bullet" });
  return isLink || bullet.words === "" ? [] : [bullet];
}

/** "Backups configured ✅": only in its own line is the sign found again. */
function signedAtEnd(bullet: Candidate): Candidate {
  const sign = bullet.lines.length === 1 ? endSignOf(bullet.text) : undefined;
  if (!sign) return bullet;
  const { rest: text, ticked } = sign;
  return { ...bullet, text, words: plainText(text), ticked, writtenAs: "end" };
}

/** Of a table below "Success metrics" and the like, which has no ticks either. */
function rowsWithRole({ block, section }: Placed): Candidate[] {
  if (block.kind !== "table" || isAside(section) || tickRows(block)) return [];
  const path = pathWithin(section);
  return (measureRows(block) ?? []).flatMap(({ line, text }): Candidate[] => {
    const words = plainText(text);
    if (BLANK.test(text) || !roleOf({ text: words, path })) return [];
    const own = { line, lines: [line], text, words, section, entry: undefined };
    return [{ ...own, ticked: false, writtenAs: "bullet" }];
  });
}

/** A blank to fill in: "CTO: ________". */
const BLANK = /_{3,}|\.{5,}/;

/** Bullets without boxes below "Rollback triggers" and the like: nobody writes a box beside what must not happen. */
function bulletsWithRole(placed: readonly Placed[], found: readonly Candidate[]): Candidate[] {
  const taken = new Map(found.flatMap((each) => (each.entry ? [[each.entry, each]] : [])));
  const added: Candidate[] = [];
  const headings = new Map<Section, readonly string[]>();
  const headingsOf = (section: Section): readonly string[] => {
    const known = headings.get(section) ?? pathWithin(section).map(plainText);
    headings.set(section, known);
    return known;
  };
  for (const each of placed) {
    if (each.block.kind !== "entry" || nearest(each.block, taken)) continue;
    const bullet = bulletsIn(each)[0];
    if (!bullet || BLANK.test(bullet.text) || /[:：]\W*$/.test(bullet.words)) continue;
    const parents = chainOf(each.block.parent).map(({ text }) => plainText(text));
    const path = [...headingsOf(each.section), ...parents];
    const role = roleOf({ text: bullet.words, path });
    // "❌ Error rate > 5%" is no answer there, but how bad it is.
    if (!role || (emojiMarkOf(bullet.text) && (role === "metric" || emojiMarkOf(bullet.text)?.ticked)))
      continue;
    taken.set(each.block, bullet);
    added.push(bullet);
  }
  return added;
}

function candidate(
  entry: Entry,
  section: Section,
  { rest, ticked, writtenAs }: { rest: string; ticked: boolean; writtenAs: Candidate["writtenAs"] },
): Candidate {
  const { lines } = entry;
  const words = plainText(rest);
  const text = words === "" ? "" : rest;
  return { line: lines[0] ?? 0, lines, text, words, ticked, writtenAs, section, entry };
}

function firstFilled<T>(lists: readonly T[][]): T[] {
  return lists.find((list) => list.length > 0) ?? [];
}
