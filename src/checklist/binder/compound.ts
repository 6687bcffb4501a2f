import { rememberedBelow } from "../vocabulary/remembered.ts";
import type { Binder, Bound } from "./bind.ts";
import type { BindingLine } from "./binding-line.ts";
import { bindByItsFront, bindByItsHeading } from "./reading.ts";

const MOST_PARTS = 8;
/** A part has fewer words to be wrong by than a line, so it has to be surer. */
const LEAST_OF_A_PART = 0.68;
const BETWEEN =
  /\s*(?:[，、；]|[,;](?=\s|\p{Script=Han})|\s(?:and|und|et|y|e|och|&|\+)\s)\s*(?:(?:and|und|et|y|och)\s)?/u;

/** "Security: no secrets in code, HTTPS enabled, headers set" asks for three things, below "Security". */
export const partsOf = rememberedBelow(({ text, path }: BindingLine): BindingLine[] => {
  const [, lead, rest] = /^([^:,;()]{1,40}):\s+(\S.*)$/s.exec(text) ?? [];
  const words = (rest ?? text).replace(/\([^()]*\)/g, " ").trim();
  const parts = words
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length < 2 || parts.length > MOST_PARTS) return [];
  // "MEDIA_ROOT and STATIC_ROOT are writable" says one thing of both.
  const names = parts.filter((part) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(part)).length;
  if (names > 0 && names < parts.length) return [];
  const above = lead === undefined ? path : [...path, lead];
  return parts.map((part) => ({ text: part, path: above }));
});

/** "Lockfile committed; team is trained" says two things; one word ("p=none") is a part of what stands before it. */
export function clausesOf({ text, path }: BindingLine): BindingLine[] {
  const clauses = text
    .replace(/\([^()]*\)/g, " ")
    .split(/[;；]\s+|；/)
    .map((clause) => clause.trim());
  const areWhole = clauses.length > 1 && clauses.every((clause) => /\S\s+\S|\p{Lo}{4}/u.test(clause));
  return areWhole ? clauses.map((clause) => ({ text: clause, path })) : [];
}

function isSure({ chosen }: Bound): boolean {
  return (chosen[0]?.confidence ?? 0) >= LEAST_OF_A_PART;
}

/**
 * Binds a line that asks for several things to all that answer them. One that nothing answers leaves the line as it is
 * bound as a whole: half of an answer is none.
 */
export function bindCompound(line: BindingLine, bind: Binder): Bound {
  const entire = bind(line);
  const whole = entire.chosen.length > 0 ? entire : bindByItsFront(line, entire, bind);
  const asAbove = whole.chosen.length > 0 ? [] : bindByItsHeading(line, bind);
  if (asAbove.length > 0) return { chosen: asAbove, candidates: whole.candidates };
  const parts: Bound[] = [];
  for (const part of partsOf(line)) {
    const bound = bind(part);
    if (!isSure(bound)) return whole;
    parts.push(bound);
  }
  if (parts.length === 0) return whole;
  const seen = new Set<string>();
  const chosen = parts
    .flatMap((part) => part.chosen)
    .filter(({ answerer }) => !seen.has(answerer.id) && seen.add(answerer.id));
  const isRehearsal = chosen.some(({ answerer }) => answerer.id.startsWith("drill."));
  // A comment names checks or one drill; a line that wants both is the drill's, which is harder to have.
  return isRehearsal && chosen.length > 1 ? whole : { chosen, candidates: whole.candidates };
}
