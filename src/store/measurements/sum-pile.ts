import { type Resolution, STEP_MS } from "./measurement-store.ts";
import { emptySum, mergeSum, type OpenSum } from "./sum-table.ts";

export interface NumberedSum {
  readonly number: number;
  readonly sum: OpenSum;
}

/** Sums of one step that have still to be written, at most one for each time of a monitor. */
export interface SumPile {
  add(number: number, sum: OpenSum): void;
  of(number: number): Iterable<OpenSum>;
  all(): NumberedSum[];
  remove(sums: readonly NumberedSum[]): void;
  /** Forgets the oldest of more than so many; says when the oldest of those begins. */
  keepAtMost(most: number): number | undefined;
}

export function createSumPile(step: Resolution): SumPile {
  const byNumber = new Map<number, Map<number, OpenSum>>();

  function all(): NumberedSum[] {
    return [...byNumber].flatMap(([number, sums]) => [...sums.values()].map((sum) => ({ number, sum })));
  }

  function remove(sums: readonly NumberedSum[]): void {
    for (const { number, sum } of sums) {
      const left = byNumber.get(number);
      left?.delete(sum.at);
      if (left?.size === 0) byNumber.delete(number);
    }
  }

  return {
    add(number, sum) {
      const sums = byNumber.get(number) ?? new Map<number, OpenSum>();
      byNumber.set(number, sums);
      const at = sum.at - (sum.at % STEP_MS[step]);
      const known = sums.get(at) ?? emptySum(at);
      sums.set(at, known);
      mergeSum(known, sum);
    },
    of: (number) => byNumber.get(number)?.values() ?? [],
    all,
    remove,
    keepAtMost(most) {
      const oldest = all()
        .toSorted((a, b) => b.sum.at - a.sum.at)
        .slice(most);
      remove(oldest);
      return oldest.at(-1)?.sum.at;
    },
  };
}
