import type { Phrase } from "./ask-index.ts";

/** Lists of numbers, one behind the other: the one at place `at` lies from `starts[at]` to `starts[at + 1]`. */
interface FlatLists {
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
}

/**
 * What is added up for each ask, side by side: a line is held against some hundred asks, and to find each of them
 * somewhere else in memory takes longer than to add it up.
 */
export interface FlatPhrases {
  readonly meanings: FlatLists;
  /** Of each meaning, beside its number. */
  readonly weights: Float64Array;
  /** Of all meanings of an ask together. */
  readonly whole: Float64Array;
  readonly fillers: FlatLists;
  /** Of each filler of an ask. */
  readonly fillerWeight: Float64Array;
}

export function flatPhrases(phrases: readonly Phrase[]): FlatPhrases {
  return {
    meanings: flatLists(phrases.map(({ numbers }) => numbers)),
    weights: Float64Array.from(phrases.flatMap(({ weights }) => weights)),
    whole: Float64Array.from(phrases, ({ weight }) => weight),
    fillers: flatLists(phrases.map(({ fillers }) => fillers)),
    fillerWeight: Float64Array.from(phrases, ({ fillerWeight }) => fillerWeight),
  };
}

function flatLists(lists: readonly (readonly number[])[]): FlatLists {
  const starts = new Uint32Array(lists.length + 1);
  for (const [at, { length }] of lists.entries()) starts[at + 1] = (starts[at] ?? 0) + length;
  return { starts, numbers: Uint32Array.from(lists.flat()) };
}
