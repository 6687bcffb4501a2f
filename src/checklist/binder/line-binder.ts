import { createClassifier } from "../classifier/classifier.ts";
import type { Weights } from "../classifier/weights.ts";
import type { Answerer } from "./ask-index.ts";
import { type Binder, createBinder } from "./bind.ts";
import { createReader } from "./binding-line.ts";
import { bindCompound } from "./compound.ts";
import { likelyOnes, withSecondOpinion } from "./second-opinion.ts";
import type { Readings } from "./words.ts";

export interface LineBinderOptions {
  /** Candidates that are less sure by their words are not told. */
  readonly least?: number;
  /** What was made when the package was built; without it, words alone decide. */
  readonly prepared?: { readonly readings: Readings; readonly weights: Weights } | undefined;
}

/** Binds lines of a checklist: by the asks that their words say, and by what lines in such words ask for. */
export function createLineBinder(
  answerers: readonly Answerer[],
  { least, prepared }: LineBinderOptions = {},
): Binder {
  const read = createReader();
  const bind = createBinder(answerers, {
    read,
    readings: prepared?.readings,
    ...(least === undefined ? {} : { least }),
  });
  if (!prepared) return (line) => bindCompound(line, bind);
  const classify = createClassifier(prepared.weights);
  const answererOf = new Map(answerers.map((each) => [each.id, each]));
  return (line) => {
    const worded = bindCompound(line, bind);
    const shares = classify(read(line));
    const candidates = [...worded.candidates, ...likelyOnes(worded, shares, answererOf)];
    return candidates.length === 0 ? worded : withSecondOpinion({ ...worded, candidates }, shares);
  };
}
