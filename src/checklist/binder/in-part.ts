import type { Binder, Bound } from "./bind.ts";
import type { BindingLine } from "./binding-line.ts";
import { clausesOf, partsOf } from "./parts.ts";
import type { Candidate } from "./score.ts";

/** A part has fewer words to be wrong by than a line, so what answers it has to be surer. */
const LEAST_OF_A_PART = 0.68;
/** So sure at least what answers the whole has to be of a part to answer that too. */
const LEAST_COVERING = 0.3;

interface Part {
  readonly text: string;
  readonly bound: Bound;
}

/**
 * "Secrets are not in git, .env is ignored, and keys are rotated": all that answers one of its parts, and the parts that
 * a person has to answer. As it was where nothing answers any, or where what answers the whole is a drill.
 */
export function bindInPart(line: BindingLine, whole: Bound, bind: Binder): Bound {
  const read = (parts: readonly BindingLine[]): Part[] =>
    parts.map((part) => ({ text: part.text, bound: bind(part) }));
  const parts = read(partsOf(line));
  if (whole.chosen.length === 0) return parts.some(isSure) ? together(whole, parts) : whole;
  const isAnswered = (part: Part): boolean => isSure(part) || isCovered(part, whole);
  const isSeveral = parts.filter(isSure).length > 1 && parts.some((part) => answersMore(part, whole));
  if (isSeveral) return together(whole, parts);
  // Between words a comma may stand for anything; whoever writes a semicolon has said something and says another thing.
  const clauses = read(clausesOf(line));
  return clauses.some(isAnswered) && !clauses.every(isAnswered) ? together(whole, clauses) : whole;
}

function isSure({ bound }: Part): boolean {
  return (bound.chosen[0]?.confidence ?? 0) >= LEAST_OF_A_PART;
}

function isCovered({ bound }: Part, { chosen }: Bound): boolean {
  return bound.candidates.some(
    ({ answerer, confidence }) => confidence >= LEAST_COVERING && isAmong(chosen, answerer),
  );
}

function answersMore({ bound }: Part, { chosen }: Bound): boolean {
  return bound.chosen.some(({ answerer }) => !isAmong(chosen, answerer));
}

function isAmong(chosen: readonly Candidate[], answerer: Candidate["answerer"]): boolean {
  return chosen.some((each) => each.answerer === answerer);
}

function together(whole: Bound, parts: readonly Part[]): Bound {
  const sure = parts.filter(isSure).flatMap(({ bound }) => bound.chosen);
  const chosen = new Map([...whole.chosen, ...sure].map((each) => [each.answerer.id, each]));
  // A comment names checks or one drill.
  if (chosen.size > 1 && [...chosen.keys()].some((id) => id.startsWith("drill."))) return whole;
  const open = parts.filter((part) => !isSure(part) && !isCovered(part, whole));
  const surest = [...chosen.values()].sort((a, b) => b.confidence - a.confidence);
  return { ...whole, chosen: surest, ...(open.length > 0 && { rest: open.map(({ text }) => text) }) };
}
