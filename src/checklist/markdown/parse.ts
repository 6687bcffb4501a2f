import { closest, distance } from "fastest-levenshtein";
import type { AnsweredBy, Item } from "../../model/item.ts";
import type { Phase } from "../../model/phase.ts";
import { quantity } from "../../model/quantity.ts";
import { answeredBy, type Binding } from "../binding.ts";
import { parseBinding } from "../parse-binding.ts";
import { findComment } from "./binding-comment.ts";
import type { Entry, Note } from "./blocks.ts";
import { createIds } from "./item-ids.ts";
import { conditionOf, roleOf } from "./line-roles.ts";
import { boxOf } from "./line-shapes.ts";
import type { MisreadAs } from "./mojibake.ts";
import { phaseOf, UNTOLD } from "./phase-words.ts";
import { codeIn, leadOf, withoutLeadingSymbols } from "./plain-text.ts";
import { pathOf, readTasks, surroundingsOf, textOf, wordsOf } from "./read-tasks.ts";
import type { Section } from "./sections.ts";
import { DOES_NOT_APPLY, setAside } from "./set-aside.ts";
import { headingTasksAbove, type TaskLine } from "./task-line.ts";
import { rowsWithoutTable, ticksInHtml, unreadMarks } from "./unread-marks.ts";

/** Something in the checklist that cannot be read as it stands; the file is never touched for it. */
export interface Problem {
  readonly line: number;
  readonly what: string;
  /** It has to be mended before anything is written into the file. */
  readonly stops?: true;
}

/** A line of the checklist with all that its Markdown tells of it. */
export interface ParsedItem extends Item {
  readonly line: number;
  /** Where its own text ends. */
  readonly lastLine: number;
  readonly writtenAs: TaskLine["writtenAs"];
  /** "Code Quality" of "**Code Quality**: all tests pass". */
  readonly lead: string | undefined;
  /** Commands, paths and names in code spans. */
  readonly code: readonly string[];
  /** What stands below it and belongs to it: commands in fences, bullets without boxes, further cells. */
  readonly notes: readonly Note[];
  /** Other lines stand below it; unless it is bound itself, they answer for it. */
  readonly isGroup: boolean;
  /** Why nobody has to answer it, as it or a line above it says: struck out, "(N/A)". */
  readonly setAside?: string;
  /** Lines of the entries above it, the outermost first. */
  readonly parentLines: readonly number[];
  /** Of a row of a table: which cell holds its tick, from 0. */
  readonly tickColumn?: number;
  /** Of a row of a table: how much there has to be, where a column of its own says so. */
  readonly measure?: string;
  /** As the comment at its end says; undefined: nobody has bound it yet. */
  readonly binding: Binding | undefined;
}

export interface Checklist {
  readonly items: readonly ParsedItem[];
  readonly problems: readonly Problem[];
  /** How the text is meant, where UTF-8 was read as something else; undefined where it was not. */
  readonly misread: Misread | undefined;
}

export interface Misread {
  readonly as: MisreadAs;
  readonly characters: number;
  /** The text as it was meant, line for line. */
  readonly repaired: string;
}

/**
 * The lines of a Markdown checklist that ask for something, in order: tasks with boxes at any depth, rows of tables
 * with a tick column, bullets below "Success metrics" and the like; in a document without any, ticked bullets, else
 * bullets. `knownChecks` are the ids of checks and drills a comment may name, `secrets` values that are left out of what
 * is told. Throws UserError on text too long to be a checklist.
 */
export function parseChecklist(
  markdown: string,
  options: { readonly knownChecks?: readonly string[]; readonly secrets?: readonly string[] } = {},
): Checklist {
  const { text, misreadAs, repaired, written, meant, lines, scan, tasks, emptyBoxes } = readTasks(
    markdown,
    options.secrets,
  );
  const problems: Problem[] = [];
  const tell = (line: number, what: string, stops = false): void =>
    void problems.push({ line, what, ...(stops && { stops }) });

  const garbage = lines.findIndex((line) => line.includes("\0") || line.includes("\uFFFD"));
  if (garbage >= 0) tell(garbage + 1, "there are bytes that are not UTF-8 text");
  if (repaired > 0) {
    const first = meant.findIndex((line, index) => line !== written[index]) + 1;
    tell(
      first,
      `${repaired} characters are UTF-8 that was read as ${misreadAs}; they are read as they were meant`,
    );
  }
  for (const [at, line] of lines.entries())
    if (line !== meant[at])
      tell(
        at + 1,
        "a credential stands in the list, and whoever reads it has it: take it out and replace it",
      );
  for (const line of emptyBoxes) tell(line, "a box without words");
  const marks = unreadMarks(scan.blocks, tasks);
  if (marks[0] !== undefined) {
    const are = quantity(marks.length, "line with a sign", "lines with signs");
    tell(marks[0], `${are} like ✅ in place of a box, not read; give boxes to what is to be answered`);
  }
  const html = ticksInHtml(scan.blocks);
  if (html[0] !== undefined) {
    const are = quantity(
      html.length,
      "line of HTML with a box or a tick",
      "lines of HTML with boxes or ticks",
    );
    tell(html[0], `${are}, not read; write tasks as "- [ ] ...", or as a table with | between its cells`);
  }
  const rows = rowsWithoutTable(scan.blocks);
  if (rows[0] !== undefined) {
    const are = quantity(rows.length, "row with a box stands", "rows with boxes stand");
    tell(rows[0], `${are} in no table, not read; a table has a head, and | --- | --- | below it`);
  }
  if (scan.fencedBoxes[0] !== undefined && scan.fencedBoxes.length >= FEWEST_FENCED)
    tell(
      scan.fencedBoxes[0],
      `${scan.fencedBoxes.length} boxes stand in code, not read; where they are meant, take the fence around them away`,
    );
  if (scan.openFence !== undefined) tell(scan.openFence, "the code that begins here is never closed");
  if (scan.tooDeep !== undefined)
    tell(scan.tooDeep, "nested deeper than 100 levels; the rest is read as that deep", true);

  const known = options.knownChecks && new Set(options.knownChecks);
  const phases = createPhases();
  const nextId = createIds();
  const items = tasks.map((task): ParsedItem => {
    const itemText = wordsOf(task);
    const path = pathOf(task);
    const role = roleOf({ text: itemText, path });
    const condition = conditionOf(itemText);
    const binding = readBinding(task, { lines: written, known, tell });
    const aside = asideOf(task);
    return {
      id: nextId(itemText, path.at(-1)),
      text: itemText,
      phase: phases(task),
      surroundings: surroundingsOf(task),
      line: task.line,
      lastLine: task.lines.at(-1) ?? task.line,
      path,
      claimed: task.ticked,
      answeredBy: binding ? answeredBy(binding) : unbound(task, aside),
      ...(role && { role }),
      ...(condition !== undefined && { condition }),
      writtenAs: task.writtenAs,
      lead: leadOf(withoutLeadingSymbols(task.text)),
      code: codeIn(task.text),
      notes: task.notes,
      isGroup: task.isGroup,
      ...(aside !== undefined && { setAside: aside }),
      parentLines: [...headingTasksAbove(task.section), ...task.parents.map(({ lines }) => lines[0] ?? 0)],
      ...(task.tickColumn !== undefined && { tickColumn: task.tickColumn }),
      ...(task.measure !== undefined && { measure: task.measure }),
      binding,
    };
  });
  if (items.length === 0) tell(1, "there is no line to answer: no task, no table with ticks, no list", true);
  return {
    items,
    problems: problems.sort((a, b) => a.line - b.line),
    misread: misreadAs && { as: misreadAs, characters: repaired, repaired: text },
  };
}

/** Fewer are an example. */
const FEWEST_FENCED = 3;

/** The phase of a line: its parents' words, else those of its section, each judged once. */
function createPhases(): (task: TaskLine) => Phase {
  const sections = new WeakMap<Section, Phase>();
  const entries = new WeakMap<Entry, Phase>();
  const ofSection = (section: Section): Phase => {
    const phase = sections.get(section) ?? phaseOf(section.steps) ?? UNTOLD;
    sections.set(section, phase);
    return phase;
  };
  return ({ section, parents }) => {
    let phase = ofSection(section);
    for (const parent of parents) {
      phase = entries.get(parent) ?? phaseOf([{ text: textOf(parent), kind: "parent" }]) ?? phase;
      entries.set(parent, phase);
    }
    return phase;
  };
}

function readBinding(
  task: TaskLine,
  given: {
    lines: readonly string[];
    known: ReadonlySet<string> | undefined;
    tell: (line: number, what: string, stops: boolean) => void;
  },
): Binding | undefined {
  for (const line of task.lines) {
    const comment = findComment(given.lines[line - 1] ?? "");
    if (!comment) continue;
    const binding = parseBinding(comment.words);
    if ("mistake" in binding) {
      given.tell(line, binding.mistake, true);
      return undefined;
    }
    for (const id of idsIn(binding)) {
      if (given.known && !given.known.has(id)) given.tell(line, strange(id, [...given.known]), true);
    }
    return binding;
  }
  return undefined;
}

function idsIn(binding: Binding): string[] {
  if (binding.by === "drill") return [binding.drill];
  return binding.by === "checks" ? binding.checks.map(({ check }) => check) : [];
}

function strange(id: string, known: readonly string[]): string {
  const named = (each: string): string => each.replace(/^drill\./, "");
  const [what, own] = id.startsWith("drill.") ? ["drill", DRILL] : ["check", CHECK];
  const alike = known.filter((each) => own.test(each));
  const near = alike.length === 0 ? "" : closest(id, alike);
  const isNear = near !== "" && distance(named(id), named(near)) <= Math.max(2, named(id).length / 3);
  return `there is no ${what} ${named(id)}${isNear ? `; did you mean ${named(near)}?` : ""}`;
}

const DRILL = /^drill\./;
const CHECK = /^(?!drill\.)/;

/** What is struck out takes along what stands below it. */
function asideOf({ text, parents, doesNotApply }: TaskLine): string | undefined {
  if (doesNotApply) return DOES_NOT_APPLY;
  const above = parents.map((parent) => boxOf(parent.text)?.rest ?? parent.text);
  return [text, ...above].map(setAside).find((why) => why !== undefined);
}

function unbound({ isGroup }: TaskLine, aside: string | undefined): AnsweredBy {
  if (aside !== undefined) return { by: "nobody", why: aside };
  return isGroup ? { by: "nobody", why: "the lines below it answer" } : { by: "nobody" };
}
