import type { Shares } from "../classifier/classifier.ts";
import type { Answerer } from "./answerer.ts";
import { LEAST_DECIDING } from "./ask-table.ts";
import type { Bound } from "./bind.ts";
import { LEAST_CONFIDENCE } from "./bind.ts";
import type { Candidate } from "./score.ts";

/** Below this, words and likeness together leave a line to people. */
export const LEAST_TOGETHER = 0.57;
/** Of what both say together, for the part that such lines tell. */
const TRUST_IN_LIKENESS = 0.6;
/** From here on, likeness alone decides. */
export const LEAST_LIKENESS = 0.9;
/** So much less sure is what lines in such words ask for, where this line says none of the ways to ask for it. */
const ALONE = LEAST_LIKENESS - LEAST_TOGETHER;

/**
 * What a line is bound to when it is not only asked which ask it says, but also what lines in its words ask for: each
 * is wrong in its own way, and where they agree they are seldom wrong.
 */
export function withSecondOpinion({ chosen, candidates }: Bound, shares: Shares): Bound {
  const opinion = (set: readonly Candidate[]): number => together(set, shares);
  const surestOf = (singles: readonly Candidate[]): readonly Candidate[] =>
    singles.reduce<readonly Candidate[]>(
      (best, each) => (best.length === 0 || opinion([each]) > opinion(best) ? [each] : best),
      [],
    );
  // "SPF and DKIM" asks for both, however much surer one of them is.
  const other = surestOf(candidates.filter(({ answerer }) => !isAmong(chosen, answerer)));
  const isKept =
    chosen.some(isOwn) || (opinion(chosen) >= LEAST_TOGETHER && opinion(chosen) >= opinion(other));
  const best = isKept ? chosen : surestOf(candidates);
  const surest = opinion(best);
  const judged = (each: Candidate, confidence: number): Candidate => ({
    ...each,
    confidence,
    worded: each.confidence,
    likeness: likenessOf(each, shares),
    likeBy: likeBy(each.answerer.id, shares),
  });
  const told = candidates
    .map((each) => judged(each, opinion([each])))
    .sort((a, b) => b.confidence - a.confidence);
  if (surest < LEAST_TOGETHER) return { chosen: [], candidates: told };
  return { chosen: best.map((each) => judged(each, surest)), candidates: told };
}

/** Without the shares: every line of a list keeps this, and a long list would keep what each class scored in each. */
function likeBy(id: string, { reasonsFor }: Shares): () => readonly string[] {
  return () => reasonsFor(id);
}

/** Undefined: no line was ever labelled with it. */
function likenessOf(candidate: Candidate, shares: Shares): number | undefined {
  return isOwn(candidate) ? undefined : shares.of(candidate.answerer.id);
}

/** Its asks are the declaration's own words. */
function isOwn({ answerer }: Candidate): boolean {
  return answerer.isDeclared === true;
}

function isAmong(set: readonly Candidate[], answerer: Answerer): boolean {
  return set.some((each) => each.answerer === answerer);
}

/** Who is asked for by lines in such words alone: none of their own ways to be asked is said. */
export function likelyOnes(
  { candidates }: Bound,
  shares: Shares,
  answererOf: ReadonlyMap<string, Answerer>,
): Candidate[] {
  return shares.likely(LEAST_LIKENESS).flatMap((id): Candidate[] => {
    const answerer = answererOf.get(id);
    if (!answerer || candidates.some((each) => each.answerer === answerer)) return [];
    return [{ answerer, confidence: 0, asked: undefined, matched: [], open: [], isContested: false }];
  });
}

/** How sure all of them are together: the least sure by its words, and how many such lines one of them answers. */
function together(set: readonly Candidate[], shares: Shares): number {
  if (set.length === 0) return 0;
  const worded = Math.min(...set.map(({ confidence }) => confidence));
  const like = set.map((each) => likenessOf(each, shares));
  // Then only the words tell.
  if (set.some(isOwn) || like.every((share) => share === undefined))
    return worded * (LEAST_TOGETHER / LEAST_CONFIDENCE);
  const likeness = Math.min(1, Math.max(...like.map((share) => share ?? 0)));
  const alone = likeness - ALONE;
  // What words say less surely is told to whoever asks for reasons, and decides nothing.
  const both = worded + TRUST_IN_LIKENESS * (likeness - worded);
  return worded < LEAST_DECIDING ? alone : Math.max(alone, both);
}
