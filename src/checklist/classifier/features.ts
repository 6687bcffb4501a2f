import type { Bag } from "./bag.ts";

/** A meaning that is said, or said above. */
export interface Feature {
  readonly number: number;
  readonly much: number;
}

/** Whatever a line says, its features are as long together: a long line is no surer than a short one. */
const LENGTH = 2;
/** What every line says, for how often each class is asked for at all. */
const ALWAYS = { number: 0, much: 0.5 };

/** The features there are, by number. */
export class Features {
  readonly said: Map<string, number>;
  readonly above: Map<string, number>;
  count: number;

  constructor(known: { said: Map<string, number>; above: Map<string, number> } = emptyFeatures()) {
    this.said = known.said;
    this.above = known.above;
    this.count = known.said.size + known.above.size + 1;
  }

  /** Of a bag, those that are known already. */
  of({ said, above }: Bag): Feature[] {
    return evened([...found(said, this.said), ...found(above, this.above)]);
  }

  /** Of a bag, all, known from now on. */
  learn(bag: Bag): Feature[] {
    for (const [names, known] of [[bag.said, this.said] as const, [bag.above, this.above] as const])
      for (const name of names.keys()) if (!known.has(name)) known.set(name, this.count++);
    return this.of(bag);
  }
}

function emptyFeatures(): { said: Map<string, number>; above: Map<string, number> } {
  return { said: new Map(), above: new Map() };
}

function found(names: ReadonlyMap<string, number>, known: ReadonlyMap<string, number>): Feature[] {
  const features: Feature[] = [];
  for (const [name, much] of names) {
    const number = known.get(name);
    if (number !== undefined) features.push({ number, much });
  }
  return features;
}

function evened(features: readonly Feature[]): Feature[] {
  const length = Math.hypot(...features.map(({ much }) => much)) || 1;
  return [...features.map(({ number, much }) => ({ number, much: (much * LENGTH) / length })), ALWAYS];
}
