/** Weights that follow their slopes, with a step of its own for each (Adam, Kingma and Ba 2015). */
export interface Adam {
  /** To be added to by whoever meets an example, and marked with its row. */
  readonly slopes: Float32Array;
  mark(row: number): void;
  /** Takes a step for what was marked since the last one: `share` of the slopes that were added up. */
  step(rate: number, share: number): void;
}

const FIRST_KEPT = 0.9;
const SECOND_KEPT = 0.999;
const LEAST = 1e-8;

/** `width` weights to a row; a row that no example met stays as it is. */
export function createAdam(weights: Float32Array, width: number): Adam {
  const slopes = new Float32Array(weights.length);
  const first = new Float32Array(weights.length);
  const second = new Float32Array(weights.length);
  const isMarked = new Uint8Array(weights.length / width);
  let marked: number[] = [];
  return {
    slopes,
    mark(row) {
      if (isMarked[row] === 1) return;
      isMarked[row] = 1;
      marked.push(row);
    },
    step(rate, share) {
      for (const row of marked) {
        isMarked[row] = 0;
        for (let at = row * width; at < (row + 1) * width; at++) {
          const slope = (slopes[at] ?? 0) * share;
          const mean = FIRST_KEPT * (first[at] ?? 0) + (1 - FIRST_KEPT) * slope;
          const square = SECOND_KEPT * (second[at] ?? 0) + (1 - SECOND_KEPT) * slope * slope;
          first[at] = mean;
          second[at] = square;
          slopes[at] = 0;
          weights[at] = (weights[at] ?? 0) - (rate * mean) / (Math.sqrt(square) + LEAST);
        }
      }
      marked = [];
    },
  };
}

/** What makes up for the first steps, when both means are still next to nothing. */
export function correctionAt(step: number): number {
  return Math.sqrt(1 - SECOND_KEPT ** step) / (1 - FIRST_KEPT ** step);
}
