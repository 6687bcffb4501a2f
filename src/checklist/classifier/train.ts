import { correctionAt, createAdam } from "./adam.ts";
import { besidesOf } from "./besides.ts";
import { type Feature, Features } from "./features.ts";
import { type Network, scoresOf, strengthsOf } from "./network.ts";
import { pseudoRandom, shuffle } from "./random.ts";
import { softmax } from "./softmax.ts";
import type { TrainingLine } from "./training-line.ts";
import { packedWeights, type Weights } from "./weights.ts";

interface Example {
  readonly said: readonly Feature[];
  /** Numbers of classes, and the share of each. */
  readonly wanted: readonly (readonly [number, number])[];
}

const UNITS = 64;
const ROUNDS = 8;
/** So many lines make one step. */
const AT_ONCE = 32;
/** The first step; the last is next to none. */
const RATE = 0.004;
/** So many of its words a line has to do without: none is to rely on another. */
const DROPPED = 0.2;
/** A slope smaller than this moves nothing that anybody would see. */
const LEAST_SLOPE = 1e-3;

/**
 * A network with one layer of hidden units, which learn what words say together; dropout (Srivastava et al. 2014) keeps
 * them from learning lines by heart. The same lines in the same order give the same weights.
 */
export function train(classes: readonly string[], lines: readonly TrainingLine[]): Weights {
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const features = Features.in(lines.map(({ bag }) => bag));
  const examples = lines.map(
    ({ bag, classes: shares }): Example => ({
      said: features.of(bag),
      wanted: [...shares].map(([name, share]) => [numbers.get(name) ?? 0, share]),
    }),
  );
  const random = pseudoRandom();
  const network = beginning({ features: features.count, classes: classes.length }, random);
  const learner = createLearner(network, random);
  const order = examples.map((_, at) => at);
  const steps = ROUNDS * Math.ceil(order.length / AT_ONCE);
  for (let round = 0, step = 0; round < ROUNDS; round++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += AT_ONCE, step++) {
      const batch = order.slice(from, from + AT_ONCE).flatMap((at) => examples[at] ?? []);
      for (const example of batch) learner.meet(example);
      learner.step(RATE * (1 - step / steps) * correctionAt(step + 1), 1 / batch.length);
    }
  }
  return packedWeights({ classes, features, network, besides: besidesOf(classes, lines) });
}

/** No two units alike, or they would learn the same. */
function beginning(count: { features: number; classes: number }, random: () => number): Network {
  const spread = (size: number, width: number): Float32Array =>
    Float32Array.from({ length: size }, () => (random() * 2 - 1) * Math.sqrt(3) * width);
  return {
    toUnits: spread(count.features * UNITS, 0.1),
    units: new Float32Array(UNITS),
    toClasses: spread(UNITS * count.classes, 1 / Math.sqrt(UNITS)),
    classes: new Float32Array(count.classes),
  };
}

interface Learner {
  /** Adds up what this example would change. */
  meet(example: Example): void;
  step(rate: number, share: number): void;
}

function createLearner(network: Network, random: () => number): Learner {
  const width = network.classes.length;
  const toUnits = createAdam(network.toUnits, UNITS);
  const units = createAdam(network.units, UNITS);
  const toClasses = createAdam(network.toClasses, width);
  const classes = createAdam(network.classes, width);
  const strengths = new Float64Array(UNITS);
  const scores = new Float64Array(width);
  const kept = (much: number): number => (random() < DROPPED ? 0 : much / (1 - DROPPED));

  return {
    meet({ said, wanted }) {
      const heard = said.map(({ number, much }) => ({ number, much: kept(much) }));
      strengthsOf(heard, network, strengths);
      softmax(scoresOf(strengths, network, scores));
      for (const [number, share] of wanted) scores[number] = (scores[number] ?? 0) - share;
      const off = numbersAbove(LEAST_SLOPE, scores);
      const active = numbersAbove(0, strengths);
      addSlopes(classes.slopes, 0, off, scores, 1);
      const slopes = new Float64Array(UNITS);
      for (const unit of active) {
        const strength = strengths[unit] ?? 0;
        slopes[unit] = sumOver(off, scores, network.toClasses, unit * width);
        addSlopes(toClasses.slopes, unit * width, off, scores, strength);
        toClasses.mark(unit);
      }
      addSlopes(units.slopes, 0, active, slopes, 1);
      for (const { number, much } of heard) {
        if (much === 0) continue;
        addSlopes(toUnits.slopes, number * UNITS, active, slopes, much);
        toUnits.mark(number);
      }
    },
    step(rate, share) {
      units.mark(0);
      classes.mark(0);
      for (const each of [toUnits, units, toClasses, classes]) each.step(rate, share);
    },
  };
}

function numbersAbove(least: number, values: Float64Array): Int32Array {
  const numbers = new Int32Array(values.length);
  let count = 0;
  for (let at = 0; at < values.length; at++) if (Math.abs(values[at] ?? 0) > least) numbers[count++] = at;
  return numbers.subarray(0, count);
}

function addSlopes(
  to: Float32Array,
  from: number,
  numbers: Int32Array,
  slopes: Float64Array,
  much: number,
): void {
  for (let i = 0; i < numbers.length; i++) {
    const at = numbers[i] ?? 0;
    to[from + at] = (to[from + at] ?? 0) + (slopes[at] ?? 0) * much;
  }
}

function sumOver(numbers: Int32Array, values: Float64Array, weights: Float32Array, from: number): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) {
    const at = numbers[i] ?? 0;
    sum += (values[at] ?? 0) * (weights[from + at] ?? 0);
  }
  return sum;
}
