import type { Bag } from "./bag.ts";

/** A line of which it is known what it asks for. */
export interface TrainingLine {
  readonly bag: Bag;
  /** Its share of each class; together they are 1. */
  readonly classes: ReadonlyMap<string, number>;
  /** It is one of the ways to ask for a check, and says nothing of who else would answer. */
  readonly isAsk?: boolean;
}
