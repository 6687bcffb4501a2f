import type { AskIndex, Phrase } from "./ask-index.ts";

/**
 * What is added up for each ask, side by side: a line is held against some hundred asks, and to find each of them
 * somewhere else in memory takes longer than to add it up. The meanings of the ask at place `at` lie from `starts[at]`
 * to `starts[at + 1]`.
 */
export interface FlatPhrases {
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
  readonly weights: Float64Array;
  /** Of all meanings of an ask together, and of all its fillers. */
  readonly whole: Float64Array;
  readonly fillers: Float64Array;
}

export function flatPhrases({ phrases }: AskIndex): FlatPhrases {
  const starts = new Uint32Array(phrases.length + 1);
  for (const { at, numbers } of phrases) starts[at + 1] = (starts[at] ?? 0) + numbers.length;
  return {
    starts,
    numbers: Uint32Array.from(phrases.flatMap(({ numbers }) => numbers)),
    weights: Float64Array.from(phrases.flatMap(({ weights }) => weights)),
    whole: Float64Array.from(phrases, ({ weight }) => weight),
    fillers: Float64Array.from(phrases, fillersOf),
  };
}

function fillersOf({ fillers, fillerWeight }: Phrase): number {
  return fillers.length * fillerWeight;
}
