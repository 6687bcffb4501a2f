import type { Feature } from "./features.ts";

/** A layer of rectified units between the features of a line and the scores of the classes. */
export interface Network {
  /** Of each feature, how much it moves each unit: as many to a feature as there are units. */
  readonly toUnits: Float32Array;
  /** Of each unit, where it stands before any feature moves it. */
  readonly units: Float32Array;
  /** Of each unit, how much it speaks for each class: as many to a unit as there are classes. */
  readonly toClasses: Float32Array;
  /** Of each class, its score before any unit speaks. */
  readonly classes: Float32Array;
}

/** The same in a quarter of the space. */
export interface PackedNetwork extends Omit<Network, "toUnits"> {
  /** In parts of what a feature moves any unit most. */
  readonly toUnits: Int8Array;
  /** One part of each feature. */
  readonly part: Float32Array;
}

/** How strongly each unit answers; 0: it keeps silent. */
export function strengthsOf(
  features: readonly Feature[],
  network: Network | PackedNetwork,
  strengths: Float64Array = new Float64Array(network.units.length),
): Float64Array {
  const { toUnits, units } = network;
  const part = "part" in network ? network.part : undefined;
  strengths.set(units);
  for (const { number, much } of features) {
    if (much === 0) continue;
    const from = number * strengths.length;
    const factor = part === undefined ? much : much * (part[number] ?? 0);
    for (let unit = 0; unit < strengths.length; unit++)
      strengths[unit] = (strengths[unit] ?? 0) + (toUnits[from + unit] ?? 0) * factor;
  }
  for (let unit = 0; unit < strengths.length; unit++) if ((strengths[unit] ?? 0) < 0) strengths[unit] = 0;
  return strengths;
}

/** What units that strong speak for, class by class: four at a time, since every import does this for each of its lines. */
export function scoresOf(
  strengths: Float64Array,
  { toClasses, classes }: Pick<Network, "toClasses" | "classes">,
  scores: Float64Array = new Float64Array(classes.length),
): Float64Array {
  scores.set(classes);
  const width = scores.length;
  const active: number[] = [];
  for (let unit = 0; unit < strengths.length; unit++) if (strengths[unit] !== 0) active.push(unit);
  for (let first = 0; first < active.length; first += 4) {
    const a = active[first] ?? 0;
    const b = active[first + 1] ?? a;
    const c = active[first + 2] ?? a;
    const d = active[first + 3] ?? a;
    const ofA = strengths[a] ?? 0;
    const ofB = b === a ? 0 : (strengths[b] ?? 0);
    const ofC = c === a ? 0 : (strengths[c] ?? 0);
    const ofD = d === a ? 0 : (strengths[d] ?? 0);
    for (let at = 0; at < width; at++)
      scores[at] =
        (scores[at] ?? 0) +
        ofA * (toClasses[a * width + at] ?? 0) +
        ofB * (toClasses[b * width + at] ?? 0) +
        ofC * (toClasses[c * width + at] ?? 0) +
        ofD * (toClasses[d * width + at] ?? 0);
  }
  return scores;
}
