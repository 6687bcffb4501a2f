import type { AskColumns } from "./ask-columns.ts";
import { type FlatLists, flatLists } from "./flat-lists.ts";

/** What is missing of an ask weighs heavier than what it leaves open of the line. */
export const COVERAGE_POWER = 2;

/**
 * The asks to which each meaning leads. An ask of which too much is missing is not worth looking at, so that no more
 * of its meanings have to lead to it than one of them must be said: the rarest, which have the fewest asks. `least` is
 * how sure a line has to be of an ask.
 */
export function leadsOf(
  { meanings: { starts, numbers }, weights, whole, fillers, fillerWeight }: AskColumns,
  terms: number,
  least: number,
): FlatLists {
  const asks = new Uint32Array(terms);
  for (const number of numbers) asks[number] = (asks[number] ?? 0) + 1;
  const asksAt = (place: number): number => asks[numbers[place] ?? 0] ?? 0;
  const weightAt = (place: number): number => weights[place] ?? 0;
  const leads = Array.from({ length: terms }, (): number[] => []);
  for (const [at, weight] of whole.entries()) {
    const fillersOf = (fillers.starts[at + 1] ?? 0) - (fillers.starts[at] ?? 0);
    const mayMiss = (1 - least ** (1 / COVERAGE_POWER)) * (weight + fillersOf * (fillerWeight[at] ?? 0));
    const from = starts[at] ?? 0;
    const rarestFirst = Array.from({ length: (starts[at + 1] ?? 0) - from }, (_, next) => from + next).sort(
      (a, b) => asksAt(a) - asksAt(b) || weightAt(b) - weightAt(a),
    );
    let missed = 0;
    for (const place of rarestFirst) {
      leads[numbers[place] ?? 0]?.push(at);
      missed += weightAt(place);
      if (missed > mayMiss) break;
    }
  }
  return flatLists(leads);
}
