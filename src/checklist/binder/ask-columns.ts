import type { FlatLists } from "./flat-lists.ts";

/**
 * What is added up for each ask, side by side: a line is held against some hundred asks, and to find each of them
 * somewhere else in memory takes longer than to add it up.
 */
export interface AskColumns {
  /** The numbers of its meanings, without fillers. */
  readonly meanings: FlatLists;
  /** Of each of those, beside its number. */
  readonly weights: Float64Array;
  /** The weight of all of them together. */
  readonly whole: Float64Array;
  /** "Configured", "enabled": they decide between ways of asking that are the same but for them. */
  readonly fillers: FlatLists;
  /** What each filler adds to the weight. */
  readonly fillerWeight: Float64Array;
}
