import type { TrainingLine } from "./training-line.ts";
import type { Weights } from "./weights.ts";

/** Fewer are an accident of labelling. */
const LEAST_BESIDE = 0.05;

/** "Restore tested" is answered by the drill as well as by the check: of lines that one answers, how many the other does. */
export function besidesOf(classes: readonly string[], lines: readonly TrainingLine[]): Weights["besides"] {
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const lineCounts = new Map<string, number>();
  const pairs = new Map<string, Map<string, number>>();
  for (const { classes: shares, isAsk = false } of lines) {
    if (isAsk) continue;
    const right = [...shares.keys()];
    for (const one of right) {
      lineCounts.set(one, (lineCounts.get(one) ?? 0) + 1);
      const others = pairs.get(one) ?? new Map<string, number>();
      pairs.set(one, others);
      for (const other of right) if (other !== one) others.set(other, (others.get(other) ?? 0) + 1);
    }
  }
  return classes.map((name) =>
    [...(pairs.get(name) ?? [])]
      .map(([other, count]) => ({
        class: numbers.get(other) ?? 0,
        share: count / (lineCounts.get(name) ?? 1),
      }))
      .filter(({ share }) => share >= LEAST_BESIDE),
  );
}
