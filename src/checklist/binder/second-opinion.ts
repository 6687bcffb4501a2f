import type { Shares } from "../classifier/classifier.ts";
import type { Bound } from "./bind.ts";
import { LEAST_CONFIDENCE } from "./bind.ts";
import type { Candidate } from "./score.ts";

/** Below this, words and likeness together leave a line to people. */
export const LEAST_TOGETHER = 0.5;

/**
 * What a line is bound to when it is not only asked which ask it says, but also what lines in its words ask for: each
 * is wrong in its own way, and where they agree they are seldom wrong.
 */
export function withSecondOpinion(
  { chosen, candidates }: Bound,
  shares: Shares,
  least = LEAST_TOGETHER,
): Bound {
  const opinion = (set: readonly Candidate[]): number => together(set, shares);
  const sets = [...(chosen.length > 0 ? [chosen] : []), ...candidates.map((each) => [each])];
  let best: readonly Candidate[] = [];
  let surest = 0;
  for (const set of sets) {
    const confidence = opinion(set);
    if (confidence > surest) [best, surest] = [set, confidence];
  }
  const judged = (each: Candidate, confidence: number): Candidate => ({
    ...each,
    confidence,
    worded: each.confidence,
    likeness: shares.of(each.answerer.id),
    likeBy: () => shares.reasonsFor(each.answerer.id),
  });
  const told = candidates
    .map((each) => judged(each, opinion([each])))
    .sort((a, b) => b.confidence - a.confidence);
  if (surest < least) return { chosen: [], candidates: told };
  return { chosen: best.map((each) => judged(each, surest)), candidates: told };
}

/** How sure all of them are together: the least sure by its words, and what lines like it ask for of any of them. */
function together(set: readonly Candidate[], shares: Shares): number {
  const worded = Math.min(...set.map(({ confidence }) => confidence));
  const like = set.map(({ answerer }) => shares.of(answerer.id));
  // Of what no line was ever labelled with, only the words tell.
  if (like.every((share) => share === undefined)) return worded * (LEAST_TOGETHER / LEAST_CONFIDENCE);
  return (worded + like.reduce<number>((sum, share) => sum + (share ?? 0), 0)) / 2;
}
