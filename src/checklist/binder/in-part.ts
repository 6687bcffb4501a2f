import type { Binder, Bound } from "./bind.ts";
import type { BindingLine } from "./binding-line.ts";
import { partsOf } from "./compound.ts";
import type { Candidate } from "./score.ts";

/** So sure has what answers a part to be. */
const LEAST_OF_A_PART = 0.68;
/** So sure at least what answers the whole has to be of a part to answer that too. */
const LEAST_COVERING = 0.3;

/**
 * "Secrets are not in git, .env is ignored, and keys are rotated": all that answers one of its parts, and the parts that
 * a person has to answer. As it was where nothing answers any, or where what answers the whole is a drill.
 */
export function bindInPart(line: BindingLine, whole: Bound, bind: Binder): Bound {
  const parts = partsOf(line).map((part) => ({ text: part.text, bound: bind(part) }));
  const sure = parts.filter(({ bound }) => (bound.chosen[0]?.confidence ?? 0) >= LEAST_OF_A_PART);
  const isBound = whole.chosen.length > 0;
  if (sure.length < (isBound ? 2 : 1)) return whole;
  const chosen = new Map([...whole.chosen, ...sure.flatMap(({ bound }) => bound.chosen)].map(byId));
  if (isBound && chosen.size === whole.chosen.length) return whole;
  // A comment names checks or one drill.
  if (chosen.size > 1 && [...chosen.keys()].some((id) => id.startsWith("drill."))) return whole;
  const answersAll = new Set(whole.chosen.map(({ answerer }) => answerer));
  const isCovered = ({ bound }: (typeof parts)[number]): boolean =>
    bound.candidates.some((each) => answersAll.has(each.answerer) && each.confidence >= LEAST_COVERING);
  const rest = parts.filter((part) => !sure.includes(part) && !isCovered(part)).map(({ text }) => text);
  const surest = [...chosen.values()].sort((a, b) => b.confidence - a.confidence);
  return { ...whole, chosen: surest, ...(rest.length > 0 && { rest }) };
}

function byId(candidate: Candidate): readonly [string, Candidate] {
  return [candidate.answerer.id, candidate];
}
