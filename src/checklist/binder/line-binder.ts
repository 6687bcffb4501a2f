import { createClassifier } from "../classifier/classifier.ts";
import type { Weights } from "../classifier/weights.ts";
import { rememberedBelow } from "../vocabulary/remembered.ts";
import type { Answerer } from "./answerer.ts";
import { type Binder, createBinder, type ReadBefore } from "./bind.ts";
import { createReader, type Reader } from "./binding-line.ts";
import { bindInPart } from "./in-part.ts";
import { bindByItsWords } from "./reading.ts";
import { likelyOnes, withSecondOpinion } from "./second-opinion.ts";

export interface LineBinderOptions {
  /** Candidates that are less sure by their words are not told. */
  readonly least?: number;
  /** What was made when the package was built; without it, words alone decide. */
  readonly prepared?: (ReadBefore & { readonly weights: Weights }) | undefined;
}

/** Binds lines of a checklist: by the asks that their words say, and by what lines in such words ask for. */
export function createLineBinder(
  answerers: readonly Answerer[],
  { least, prepared }: LineBinderOptions = {},
): Binder {
  const reader = createReader();
  const bind = createBinder(answerers, {
    reader,
    read: prepared,
    ...(least === undefined ? {} : { least }),
  });
  const byWords: Binder = (line) => bindByItsWords(line, bind);
  const whole = prepared ? withLikeness(byWords, { answerers, reader, weights: prepared.weights }) : byWords;
  // The parts of a line as well: "tested and documented" ends many of them.
  const bindWhole = rememberedBelow(whole);
  return (line) => bindInPart(line, bindWhole(line), bindWhole);
}

/** Asks of each line, besides, what lines in such words ask for. */
function withLikeness(
  byWords: Binder,
  {
    answerers,
    reader,
    weights,
  }: { readonly answerers: readonly Answerer[]; readonly reader: Reader; readonly weights: Weights },
): Binder {
  const classify = createClassifier(weights);
  const answererOf = new Map(answerers.map((each) => [each.id, each]));
  return (line) => {
    const worded = byWords(line);
    const shares = classify(reader(line));
    const candidates = [...worded.candidates, ...likelyOnes(worded, shares, answererOf)];
    return candidates.length === 0 ? worded : withSecondOpinion({ ...worded, candidates }, shares);
  };
}
