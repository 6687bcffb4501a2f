import { closest, distance } from "fastest-levenshtein";
import { UserError } from "../model/errors.ts";
import type { Item } from "../model/item.ts";
import { type Question, refersTo } from "./question.ts";

export interface Choice {
  readonly questions: ReadonlySet<Question>;
  /** Ids of the items that were named themselves. */
  readonly items: ReadonlySet<string>;
}

/** What the words of `--only` mean. Throws one UserError with every word that means nothing. */
export function chosenBy(
  words: readonly string[],
  questions: readonly Question[],
  items: readonly Item[],
): Choice {
  const chosen = new Set<Question>();
  const named = new Set<string>();
  const strangers: string[] = [];
  for (const word of words) {
    const item = items.find((each) => each.id === word);
    if (item) named.add(item.id);
    // Who asks for a line asks for all of it.
    for (const each of items) if (each.restOf === word) named.add(each.id);
    const meant = questions.filter((question) => isMeant(word, question, item));
    for (const question of meant) chosen.add(question);
    if (!item && meant.length === 0) strangers.push(word);
  }
  if (strangers.length > 0) throw unknownWords(strangers, questions, items);
  return { questions: chosen, items: named };
}

function isMeant(word: string, question: Question, item: Item | undefined): boolean {
  if (item) {
    return item.answeredBy.by === "checks" && item.answeredBy.checks.some((each) => refersTo(each, question));
  }
  const { component, check } = question;
  if (word === component || word === check.id || word === `${component}/${check.id}`) return true;
  return check.id.startsWith(word.endsWith(".") ? word : `${word}.`);
}

function unknownWords(
  words: readonly string[],
  questions: readonly Question[],
  items: readonly Item[],
): UserError {
  const known = new Set([
    ...questions.flatMap(({ component, check }) => [component, check.id, ...prefixesOf(check.id)]),
    ...items.map((item) => item.id),
  ]);
  const told = words.map((word) => `"${word}"${suggestion(word, [...known])}`);
  return new UserError(`${told.join(", ")}: no such check, component or item`, {
    where: "--only",
    fix: "name a check (postgres.connection), a component, a prefix (postgres.) or a line of the checklist",
  });
}

/** "postgres.index.foreign-key" begins with "postgres." and "postgres.index.". */
function prefixesOf(id: string): string[] {
  const parts = id.split(".");
  return parts.slice(0, -1).map((_, index) => `${parts.slice(0, index + 1).join(".")}.`);
}

function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const near = closest(word, known);
  return distance(word, near) <= Math.max(2, Math.floor(word.length / 3)) ? ` (did you mean "${near}"?)` : "";
}
