import type { Bag } from "./bag.ts";
import { type Feature, Features } from "./features.ts";
import { softmax } from "./softmax.ts";
import { sparse, type Weights } from "./weights.ts";

/** A line of which it is known what it asks for. */
export interface TrainingLine {
  readonly bag: Bag;
  /** Its share of each class; together they are 1. */
  readonly classes: ReadonlyMap<string, number>;
  /** It is one of the ways to ask for a check, and says nothing of who else would answer. */
  readonly isAsk?: boolean;
}

const ROUNDS = 6;
const STEP = 0.3;
const DECAY = 1e-5;
/** A slope smaller than this moves nothing that anybody would see. */
const LEAST_SLOPE = 1e-4;

/**
 * Multinomial logistic regression, by stochastic gradient descent with a step of its own for each weight (Adagrad,
 * Duchi et al. 2011). The same lines in the same order give the same weights.
 */
export function train(classes: readonly string[], lines: readonly TrainingLine[]): Weights {
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const features = new Features();
  const examples = lines.map(({ bag, classes: shares }) => ({
    said: features.learn(bag),
    wanted: [...shares].map(([name, share]) => [numbers.get(name) ?? 0, share] as const),
  }));
  const width = classes.length;
  const weights = new Float32Array(features.count * width);
  const slopes = new Float32Array(weights.length).fill(0.01);
  const order = examples.map((_, at) => at);
  const random = pseudoRandom();
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at];
      if (!example) continue;
      const off = softmax(scoresOf(example.said, weights, width));
      for (const [number, share] of example.wanted) off[number] = (off[number] ?? 0) - share;
      for (const { number, much } of example.said) learn({ number, much }, off, weights, slopes);
    }
  }
  return sparse({ classes, features, weights, besides: besidesOf(classes, lines) });
}

/** Fewer are an accident of labelling. */
const LEAST_BESIDE = 0.05;

/** "Restore tested" is answered by the drill as well as by the check: of lines that one answers, how many the other does. */
function besidesOf(classes: readonly string[], lines: readonly TrainingLine[]): Weights["besides"] {
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

function scoresOf(said: readonly Feature[], weights: Float32Array, width: number): Float64Array {
  const scores = new Float64Array(width);
  for (const { number, much } of said) {
    const from = number * width;
    for (let at = 0; at < width; at++) scores[at] = (scores[at] ?? 0) + (weights[from + at] ?? 0) * much;
  }
  return scores;
}

function learn(
  { number, much }: Feature,
  off: Float64Array,
  weights: Float32Array,
  slopes: Float32Array,
): void {
  const from = number * off.length;
  for (let at = 0; at < off.length; at++) {
    const slope = (off[at] ?? 0) * much;
    if (slope < LEAST_SLOPE && slope > -LEAST_SLOPE) continue;
    const place = from + at;
    const weight = weights[place] ?? 0;
    const whole = slope + DECAY * weight;
    const steepness = (slopes[place] ?? 0) + whole * whole;
    slopes[place] = steepness;
    weights[place] = weight - (STEP * whole) / Math.sqrt(steepness);
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}

/** Park and Miller's minimal standard generator (CACM 31(10), 1988): the same numbers on every machine. */
function pseudoRandom(): () => number {
  let seed = 1;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}
