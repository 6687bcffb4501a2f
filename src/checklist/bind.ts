import { type AskIndex, createAskIndex } from "./ask-index.ts";
import { type BindingLine, type Candidate, candidatesFor, createReader, type ReadLine } from "./score.ts";

/** Below this a line is left to people: better no answer than a wrong one. */
export const LEAST_CONFIDENCE = 0.61;
/** Who is asked for in the same words as the best is asked too, unless the line speaks against it. */
const NEAR = 0.75;

export interface Bound {
  /** What answers the line, the surest first; empty: nothing does. */
  readonly chosen: readonly Candidate[];
  /** Every candidate, the surest first. */
  readonly candidates: readonly Candidate[];
}

export type Binder = (line: BindingLine) => Bound;

export function createBinder(answerers: AskIndex["answerers"]): Binder {
  const index = createAskIndex(answerers);
  const read = createReader();
  return (line) => bindRead(read(line), index);
}

function bindRead(line: ReadLine, index: AskIndex): Bound {
  const candidates = candidatesFor(line, index);
  const [best] = candidates;
  if (!best || best.confidence < LEAST_CONFIDENCE) return { chosen: [], candidates };
  const siblings = new Set(index.siblingsOf(best.phrase));
  const chosen = candidates.filter(
    ({ answerer, confidence }) => siblings.has(answerer) && confidence >= best.confidence * NEAR,
  );
  return { chosen: chosen.length > 0 ? chosen : [best], candidates };
}
