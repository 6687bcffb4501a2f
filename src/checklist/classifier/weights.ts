import type { Features } from "./features.ts";
import type { Network, PackedNetwork } from "./network.ts";

/** What was learned, as the package keeps it. */
export interface Weights extends PackedNetwork {
  /** Names of the classes, by number. */
  readonly names: readonly string[];
  /** Numbers of the features. */
  readonly said: ReadonlyMap<string, number>;
  readonly above: ReadonlyMap<string, number>;
  /** Of each class, which others answer a line that asks for it, and how many of such lines. */
  readonly besides: readonly (readonly Beside[])[];
}

export interface Beside {
  readonly class: number;
  /** 0 to 1. */
  readonly share: number;
}

const PARTS = 127;

/** In eight bits for what a feature moves, which is a quarter of the space. */
export function packedWeights({
  classes: names,
  features: { said, above, count },
  network: { toUnits, units, toClasses, classes },
  besides,
}: {
  readonly classes: readonly string[];
  readonly features: Features;
  readonly network: Network;
  readonly besides: Weights["besides"];
}): Weights {
  const parts = new Int8Array(toUnits.length);
  const part = new Float32Array(count);
  for (let feature = 0; feature < count; feature++) {
    const from = feature * units.length;
    const moves = toUnits.subarray(from, from + units.length);
    const most = moves.reduce((highest, move) => Math.max(highest, Math.abs(move)), 0);
    part[feature] = most / PARTS;
    for (const [at, move] of moves.entries()) parts[from + at] = Math.round((move * PARTS) / (most || 1));
  }
  return { names, said, above, toUnits: parts, part, units, toClasses, classes, besides };
}
