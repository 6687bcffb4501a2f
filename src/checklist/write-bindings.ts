import type { Binding } from "./binding.ts";
import { formatBinding } from "./format-binding.ts";
import { bindLines, findComment } from "./markdown/binding-comment.ts";
import type { ParsedItem } from "./markdown/parse.ts";
import { pathOf, type ReadTasks, readTasks, wordsOf } from "./markdown/read-tasks.ts";
import type { TaskLine } from "./markdown/task-line.ts";
import { splitLines } from "./markdown/text-lines.ts";
import { parseBinding } from "./parse-binding.ts";
import { remembered } from "./vocabulary/remembered.ts";

export interface Written {
  readonly text: string;
  /** Lines that cannot take a comment, such as one in which another comment begins and never ends. */
  readonly refused: readonly number[];
}

/** Each attempt takes out at least one line; a file needs hardly more than two. */
const MOST_ATTEMPTS = 8;

/**
 * Writes comments into a checklist and reads the result: a comment that is not read again as it was written, or that
 * changes another line, goes to the end of the item's text, and is not written at all where that is no better.
 */
export function writeBindings(
  text: string,
  items: readonly ParsedItem[],
  { bindings, secrets = [] }: { bindings: ReadonlyMap<number, Binding>; secrets?: readonly string[] },
): Written {
  const wanted = new Map(bindings);
  const lastLines = new Map(items.map(({ line, lastLine }) => [line, lastLine]));
  const commentLines = commentLinesIn(text, items, wanted);
  /** Of items whose first line takes no comment: one that ends within a code span. */
  const atEnd = new Set<number>();
  const refused: number[] = [];
  for (let attempt = 0; attempt < MOST_ATTEMPTS && wanted.size > 0; attempt++) {
    const placeOf = (line: number): number =>
      (atEnd.has(line) ? lastLines.get(line) : commentLines.get(line)) ?? line;
    const placed = [...wanted].map(([line, binding]) => [placeOf(line), binding] as const);
    const written = bindLines(text, new Map(placed));
    const spoilt = spoiltLines(items, readTasks(written, secrets), wanted);
    if (spoilt.length === 0) return { text: written, refused };
    for (const line of spoilt) {
      if (!wanted.has(line)) continue;
      if (lastLines.get(line) !== line && !atEnd.has(line)) atEnd.add(line);
      else if (wanted.delete(line)) refused.push(line);
    }
    if (!spoilt.some((line) => refused.includes(line) || atEnd.has(line))) break;
  }
  return { text, refused: [...refused, ...wanted.keys()].sort((a, b) => a - b) };
}

/** Where the comments stand that are written anew; of others nobody asks. */
function commentLinesIn(
  text: string,
  items: readonly ParsedItem[],
  wanted: ReadonlyMap<number, Binding>,
): ReadonlyMap<number, number> {
  const again = items.filter(({ line, binding }) => binding && wanted.has(line));
  if (again.length === 0) return new Map();
  const lines = splitLines(text);
  const isComment = (line: number): boolean => findComment(lines[line - 1]?.text ?? "") !== undefined;
  return new Map(
    again.map(({ line, lastLine }) => {
      const own = Array.from({ length: lastLine - line + 1 }, (_, at) => line + at);
      return [line, own.find(isComment) ?? line];
    }),
  );
}

/** Lines whose comment is not read as it was written; of lines that changed without one, the nearest that has one. */
function spoiltLines(
  before: readonly ParsedItem[],
  { tasks, written }: ReadTasks,
  bindings: ReadonlyMap<number, Binding>,
): number[] {
  const now = new Map(tasks.map((task) => [task.line, task]));
  const spoilt = new Set<number>();
  let latest: number | undefined;
  for (const item of before) {
    const wanted = bindings.get(item.line);
    if (wanted) latest = item.line;
    const found = now.get(item.line);
    const isSame =
      found !== undefined &&
      asksTheSame(item, found) &&
      commentOf(found, written) === formatted(wanted ?? item.binding);
    if (!isSame && latest !== undefined) spoilt.add(latest);
  }
  if (tasks.length !== before.length && spoilt.size === 0)
    for (const line of bindings.keys()) spoilt.add(line);
  return [...spoilt];
}

/** Its id and its phase follow from the words of it and of what stands above it. */
function asksTheSame(item: ParsedItem, task: TaskLine): boolean {
  const path = pathOf(task);
  return (
    wordsOf(task) === item.text &&
    task.ticked === item.claimed &&
    task.writtenAs === item.writtenAs &&
    task.isGroup === item.isGroup &&
    path.length === item.path.length &&
    path.every((step, at) => step === item.path[at])
  );
}

/** The first comment of a task's lines, as Gonogo writes what it reads there. */
function commentOf({ lines }: TaskLine, written: readonly string[]): string {
  for (const line of lines) {
    const comment = findComment(written[line - 1] ?? "");
    if (!comment) continue;
    return writtenAgain(comment.words);
  }
  return "";
}

const writtenAgain = remembered((words: string): string => {
  const binding = parseBinding(words);
  return "mistake" in binding ? "" : formatBinding(binding);
});

function formatted(binding: Binding | undefined): string {
  return binding ? formatBinding(binding) : "";
}
