import type { Features } from "./features.ts";

/** What was learned, feature by feature: which classes it speaks for or against, and how much. */
export interface Weights {
  readonly classes: readonly string[];
  readonly said: Map<string, number>;
  readonly above: Map<string, number>;
  /** Where in `classOf` and `weightOf` the classes of a feature begin; the next feature's is where they end. */
  readonly starts: Uint32Array;
  readonly classOf: Uint16Array;
  readonly weightOf: Float32Array;
  /** Of each class, which others answer a line that asks for it, and how many of such lines. */
  readonly besides: readonly (readonly Beside[])[];
}

export interface Beside {
  readonly class: number;
  /** 0 to 1. */
  readonly share: number;
}

/** Smaller ones decide nothing; without them there are a tenth of all. */
const LEAST_WEIGHT = 0.25;

/** Weights of every feature for every class, `classes.length` to a feature, without those that are next to nothing. */
export function sparse(dense: {
  readonly classes: readonly string[];
  readonly features: Features;
  readonly weights: Float32Array;
  readonly besides: Weights["besides"];
}): Weights {
  const { classes, features, weights, besides } = dense;
  const starts = new Uint32Array(features.count + 1);
  const classOf: number[] = [];
  const weightOf: number[] = [];
  for (let feature = 0; feature < features.count; feature++) {
    for (let at = 0; at < classes.length; at++) {
      const weight = weights[feature * classes.length + at] ?? 0;
      if (Math.abs(weight) < LEAST_WEIGHT) continue;
      classOf.push(at);
      weightOf.push(weight);
    }
    starts[feature + 1] = classOf.length;
  }
  const { said, above } = features;
  return {
    classes,
    said,
    above,
    starts,
    classOf: Uint16Array.from(classOf),
    weightOf: Float32Array.from(weightOf),
    besides,
  };
}
