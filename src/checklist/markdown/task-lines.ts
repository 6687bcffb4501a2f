import type { Block, Entry, Heading, Note, Paragraph } from "./blocks.ts";
import { withoutComments } from "./html-comments.ts";
import { boxOf, emojiMarkOf } from "./line-shapes.ts";
import { leadsAfterLaunch, type PathStep } from "./phase-words.ts";
import { plainText, withoutLeadingSymbols } from "./plain-text.ts";
import { tickRows } from "./tick-table.ts";

/** The headings above some lines, the farthest first; one object for all lines that stand below the same ones. */
export interface Section {
  readonly steps: readonly PathStep[];
}

/** A line that asks for something. */
export interface TaskLine {
  readonly line: number;
  /** Lines of its own text. */
  readonly lines: readonly number[];
  /** Raw Markdown without marker and box. */
  readonly text: string;
  /** The same as a reader sees it. */
  readonly words: string;
  readonly ticked: boolean;
  /** Of a row of a table: which cell holds its tick, from 0. */
  readonly tickColumn?: number;
  readonly writtenAs: "box" | "table" | "mark" | "bullet";
  readonly section: Section;
  /** Entries above it, the outermost first. */
  readonly parents: readonly Entry[];
  readonly notes: readonly Note[];
  readonly isGroup: boolean;
}

/** Sections whose lists ask for nothing. */
const ASIDE =
  /\b(table of contents|contents|references?|resources|contacts?|support|links|inspired by|legend|changelog|history|notes?|about|glossary|credits|licen[cs]e|kontakte?|ressourcen|inhalt|sommaire|ressources|recursos|contactos)\b|目录|参考|联系/i;

/**
 * The tasks among the blocks. Boxes and tables with ticks say what is a task; a document without either has ticked
 * bullets, and one without those has bullets. `emptyBoxes` are lines with a box and nothing else.
 */
export function taskLines(blocks: readonly Block[]): { tasks: TaskLine[]; emptyBoxes: number[] } {
  const placed = inSections(blocks);
  const boxed = placed.flatMap(boxesIn);
  const emptyBoxes = boxed.filter((each) => each.text === "").map((each) => each.line);
  const found = [...boxed.filter((each) => each.text !== ""), ...placed.flatMap(rowsIn)];
  const chosen = found.length > 0 ? found : firstFilled([placed.flatMap(marksIn), placed.flatMap(bulletsIn)]);
  return { tasks: withNotes(chosen, placed), emptyBoxes };
}

interface Placed {
  readonly block: Block;
  readonly section: Section;
}
interface Candidate extends Omit<TaskLine, "notes" | "isGroup" | "parents"> {
  readonly entry: Entry | undefined;
}

function inSections(blocks: readonly Block[]): Placed[] {
  const headings = blocks.filter((block) => block.kind === "heading");
  const tops = headings.filter(({ depth }) => depth === 1);
  const title = tops.length === 1 && tops[0] === headings[0] ? tops[0] : undefined;
  let steps: { depth: number; step: PathStep }[] = [];
  let section: Section = { steps: [] };
  return blocks.map((block) => {
    const opened = headingStep(block, title);
    if (opened) {
      const beside = steps.find(({ depth }) => depth === opened.depth);
      const isAfterLaunch = beside !== undefined && leadsAfterLaunch(beside.step);
      const step = { ...opened.step, ...(isAfterLaunch && { isAfterLaunch }) };
      steps = [...steps.filter(({ depth }) => depth < opened.depth), { ...opened, step }];
      section = { steps: steps.map(({ step }) => step) };
    } else if (block.kind === "paragraph" && steps.at(-1)?.depth === SENTENCE_DEPTH) {
      steps = steps.slice(0, -1);
      section = { steps: steps.map(({ step }) => step) };
    }
    return { block, section };
  });
}

const SENTENCE_DEPTH = 7;

/** "**Required events:**" above a list is a heading of people who have run out of levels. */
function headingStep(
  block: Block,
  title: Heading | undefined,
): { depth: number; step: PathStep } | undefined {
  if (block.kind === "heading") {
    const text = clean(boxOf(block.text)?.rest ?? block.text);
    return { depth: block.depth, step: { text, kind: block === title ? "title" : "heading" } };
  }
  if (block.kind !== "paragraph" || block.texts.some((text) => boxOf(text))) return undefined;
  const last = withoutComments(block.texts.at(-1) ?? "").trim();
  const isHeading =
    /^(\*\*|__)[^*_]+\1:?$/.test(last) || /[:：](\*\*|__)?$/.test(last) || /^<summary>/i.test(last);
  if (!isHeading || last.length > 160) return undefined;
  const text = clean(last);
  // A sentence says much besides; a few words are a heading.
  return { depth: SENTENCE_DEPTH, step: { text, kind: text.split(" ").length <= 4 ? "heading" : "parent" } };
}

function clean(markdown: string): string {
  return withoutLeadingSymbols(plainText(markdown))
    .replace(/[:：]$/, "")
    .trim();
}

function boxesIn({ block, section }: Placed): Candidate[] {
  if (block.kind === "paragraph") return boxesInParagraph(block, section);
  if (block.kind !== "entry") return [];
  const box = boxOf(block.text);
  return box ? [candidate(block, section, { ...box, writtenAs: "box" })] : [];
}

/** "☐ text" or "[ ] text", line by line and without bullets. */
function boxesInParagraph(block: Paragraph, section: Section): Candidate[] {
  return block.texts.flatMap((text, index) => {
    const box = boxOf(text);
    const line = block.line + index;
    if (!box) return [];
    return [
      {
        line,
        lines: [line],
        text: box.rest,
        words: plainText(box.rest),
        ticked: box.ticked,
        writtenAs: "box",
        section,
        entry: undefined,
      },
    ];
  });
}

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
  if (block.kind !== "entry" || section.steps.some(({ text }) => ASIDE.test(text))) return [];
  const isLink = /^!?\[[^\]]*\]\([^)]*\)$|^<?https?:\/\/\S+$/.test(block.text);
  if (isLink || plainText(block.text) === "") return [];
  return [candidate(block, section, { rest: block.text, ticked: false, writtenAs: "bullet" })];
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

/** What is no task but stands below one is a note of the nearest. */
function withNotes(chosen: readonly Candidate[], placed: readonly Placed[]): TaskLine[] {
  const tasks = new Map(chosen.flatMap((each) => (each.entry ? [[each.entry, each]] : [])));
  const notes = new Map<Entry, Note[]>();
  const groups = new Set<Entry>();
  for (const { block } of placed) {
    if (block.kind !== "entry") continue;
    const isTask = tasks.has(block);
    const owner = isTask ? block : nearest(block.parent, tasks);
    if (isTask) markGroups(block.parent, groups);
    if (!owner || (isTask && block.notes.length === 0)) continue;
    const own: Note[] = isTask
      ? []
      : [{ kind: "text", text: plainText(block.text), line: block.lines[0] ?? 0 }];
    const added = [...own.filter(({ text }) => text !== ""), ...block.notes];
    if (added.length > 0) notes.set(owner, [...(notes.get(owner) ?? []), ...added]);
  }
  const rows = tableDetails(placed);
  return chosen
    .map(({ entry, ...task }) => ({
      ...task,
      parents: entry ? chainOf(entry.parent) : [],
      notes: entry
        ? (notes.get(entry) ?? []).toSorted((a, b) => a.line - b.line)
        : (rows.get(task.line) ?? []),
      isGroup: entry !== undefined && groups.has(entry),
    }))
    .sort((a, b) => a.line - b.line);
}

function nearest(entry: Entry | undefined, tasks: ReadonlyMap<Entry, unknown>): Entry | undefined {
  let at = entry;
  while (at && !tasks.has(at)) at = at.parent;
  return at;
}

function markGroups(entry: Entry | undefined, groups: Set<Entry>): void {
  for (let at = entry; at && !groups.has(at); at = at.parent) groups.add(at);
}

function chainOf(entry: Entry | undefined): Entry[] {
  const chain: Entry[] = [];
  for (let at = entry; at; at = at.parent) chain.push(at);
  return chain.reverse();
}

function tableDetails(placed: readonly Placed[]): Map<number, Note[]> {
  const details = placed.flatMap(({ block }) => (block.kind === "table" ? (tickRows(block) ?? []) : []));
  return new Map(
    details.map((row) => [row.line, row.details.map((text) => ({ kind: "text", text, line: row.line }))]),
  );
}
