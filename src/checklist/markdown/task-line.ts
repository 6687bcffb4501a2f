import type { Entry, Heading, Note } from "./blocks.ts";
import { measureRows } from "./measure-table.ts";
import { plainText } from "./plain-text.ts";
import type { Placed, Section } from "./sections.ts";
import { tickRows } from "./tick-table.ts";

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
  /** Of a row of a table: in place of a tick it says "N/A". */
  readonly doesNotApply?: true;
  /** Of a row of a table: how much there has to be, in a column of its own. */
  readonly measure?: string;
  readonly writtenAs: "box" | "table" | "mark" | "end" | "bullet";
  readonly section: Section;
  /** Entries above it, the outermost first. */
  readonly parents: readonly Entry[];
  readonly notes: readonly Note[];
  readonly isGroup: boolean;
}

/** A task before it is known what stands below it. */
export interface Candidate extends Omit<TaskLine, "notes" | "isGroup" | "parents"> {
  readonly entry: Entry | undefined;
  readonly heading?: Heading;
  /** Its box is a sign and no brackets: "☐". */
  readonly isSign?: boolean;
}

/** What is no task but stands below one is a note of the nearest. */
export function withNotes(chosen: readonly Candidate[], placed: readonly Placed[]): TaskLine[] {
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
  const headings = new Set(chosen.flatMap(({ section }) => headingTasksAbove(section)));
  return chosen
    .map(({ entry, heading, isSign: _, ...task }) => ({
      ...task,
      parents: entry ? chainOf(entry.parent) : [],
      notes: entry
        ? (notes.get(entry) ?? []).toSorted((a, b) => a.line - b.line)
        : (heading?.notes ?? rows.get(task.line) ?? []),
      isGroup: entry ? groups.has(entry) : headings.has(task.line),
    }))
    .sort((a, b) => a.line - b.line);
}

/** Lines of the headings above some lines that are tasks themselves. */
export function headingTasksAbove({ steps }: Section): number[] {
  return steps.flatMap(({ taskLine }) => taskLine ?? []);
}

export function nearest(entry: Entry | undefined, tasks: ReadonlyMap<Entry, unknown>): Entry | undefined {
  let at = entry;
  while (at && !tasks.has(at)) at = at.parent;
  return at;
}

function markGroups(entry: Entry | undefined, groups: Set<Entry>): void {
  for (let at = entry; at && !groups.has(at); at = at.parent) groups.add(at);
}

export function chainOf(entry: Entry | undefined): Entry[] {
  const chain: Entry[] = [];
  for (let at = entry; at; at = at.parent) chain.push(at);
  return chain.reverse();
}

function tableDetails(placed: readonly Placed[]): Map<number, Note[]> {
  const details = placed.flatMap(({ block }) =>
    block.kind === "table" ? (tickRows(block) ?? measureRows(block) ?? []) : [],
  );
  return new Map(
    details.map((row) => [row.line, row.details.map((text) => ({ kind: "text", text, line: row.line }))]),
  );
}
