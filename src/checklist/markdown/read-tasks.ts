import { UserError } from "../../model/errors.ts";
import type { Surroundings } from "../../model/item.ts";
import { withoutCredentials } from "../credentials.ts";
import { type Scan, scanBlocks } from "./block-scanner.ts";
import type { Entry } from "./blocks.ts";
import { boxOf } from "./line-shapes.ts";
import { type Repair, repairMojibake } from "./mojibake.ts";
import { plainText, withoutLeadingSymbols } from "./plain-text.ts";
import { readableLines } from "./readable-lines.ts";
import type { Section } from "./sections.ts";
import type { TaskLine } from "./task-line.ts";
import { taskLines } from "./task-lines.ts";
import { splitLines } from "./text-lines.ts";

/** The tasks of a checklist, and what was seen on the way to them. */
export interface ReadTasks extends Repair {
  /** Lines as they stand in the file, as they were meant, and as they are told: nobody's credential is told again. */
  readonly written: readonly string[];
  readonly meant: readonly string[];
  readonly lines: readonly string[];
  readonly scan: Scan;
  readonly tasks: readonly TaskLine[];
  readonly emptyBoxes: readonly number[];
}

const MOST_CHARACTERS = 20_000_000;

/** Throws UserError on text too long to be a checklist. `secrets` are left out of what is told, as credentials are. */
export function readTasks(markdown: string, secrets: readonly string[] = []): ReadTasks {
  if (markdown.length > MOST_CHARACTERS) {
    throw new UserError(`the checklist has ${markdown.length} characters; ${MOST_CHARACTERS} are the most`, {
      fix: "split it, or point `checklist` at the right file",
    });
  }
  const repair = repairMojibake(markdown);
  const written = linesOf(markdown);
  const text = repair.text.replace(/^\uFEFF/, "");
  const told = withoutCredentials(text, secrets);
  const meant = text === markdown ? written : linesOf(text);
  const lines = told === text ? meant : linesOf(told);
  const scan = scanBlocks(readableLines(lines));
  return { ...repair, written, meant, lines, scan, ...taskLines(scan.blocks) };
}

function linesOf(text: string): string[] {
  return splitLines(text).map((line) => line.text);
}

/** What a task says, as a reader sees it. */
export function wordsOf({ words }: TaskLine): string {
  return withoutLeadingSymbols(words) || words;
}

const PATHS = new WeakMap<Section | Entry, readonly string[]>();

/** Headings and parents above a task, the nearest last; one list for all that stand below the same. */
export function pathOf({ section, parents }: TaskLine): readonly string[] {
  const nearest = parents.at(-1) ?? section;
  const known = PATHS.get(nearest);
  if (known) return known;
  const above = [...section.steps.map(({ text }) => text), ...parents.map(textOf)];
  const path = above.filter((text) => text !== "");
  PATHS.set(nearest, path);
  return path;
}

/** Further cells of a row ("Owner", "Due") say nothing of what is asked. */
export function surroundingsOf({ section, parents, notes, tickColumn }: TaskLine): Surroundings {
  const headings = section.steps.filter(({ kind }) => kind !== "title").map(({ text }) => text);
  return {
    above: [...headings, ...parents.map(textOf)],
    below: tickColumn === undefined ? notes.map(({ text }) => text) : [],
  };
}

const TEXTS = new WeakMap<Entry, string>();

/** Of a parent, without its box: every line below it asks for it again. */
export function textOf(entry: Entry): string {
  const known = TEXTS.get(entry);
  if (known !== undefined) return known;
  const text = withoutLeadingSymbols(plainText(boxOf(entry.text)?.rest ?? entry.text));
  TEXTS.set(entry, text);
  return text;
}
