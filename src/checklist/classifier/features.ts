import type { Bag } from "./bag.ts";

/** A meaning that is said, or said above. */
export interface Feature {
  readonly number: number;
  readonly much: number;
}

/** Whatever a line says, its features are as long together: a long line is no surer than a short one. */
const LENGTH = 2;
/** What stands above says less of a line than the line does, and every list has headings of its own. */
const ABOVE = 0.7;
/** What was said once teaches that one line. */
const LEAST_LINES = 2;

/** The features there are, by number. */
export class Features {
  readonly said: ReadonlyMap<string, number>;
  readonly above: ReadonlyMap<string, number>;
  readonly count: number;

  constructor({ said, above }: Pick<Features, "said" | "above">) {
    this.said = said;
    this.above = above;
    this.count = said.size + above.size;
  }

  /** Those that stand in several of these. */
  static in(bags: readonly Bag[]): Features {
    const said = common(bags.map((bag) => bag.said));
    const above = common(bags.map((bag) => bag.above));
    return new Features({
      said: new Map(said.map((name, at) => [name, at])),
      above: new Map(above.map((name, at) => [name, said.length + at])),
    });
  }

  /** Of a bag, those that are known. */
  of({ said, above }: Bag): Feature[] {
    const features: { number: number; much: number }[] = [];
    let squares = 0;
    const find = (names: ReadonlyMap<string, number>, known: ReadonlyMap<string, number>, weight: number) => {
      for (const [name, all] of names) {
        const number = known.get(name);
        if (number === undefined) continue;
        const much = all * weight;
        squares += much * much;
        features.push({ number, much });
      }
    };
    find(said, this.said, 1);
    find(above, this.above, ABOVE);
    const longer = LENGTH / (Math.sqrt(squares) || 1);
    for (const feature of features) feature.much *= longer;
    return features;
  }
}

function common(all: readonly ReadonlyMap<string, number>[]): string[] {
  const lines = new Map<string, number>();
  for (const names of all) for (const name of names.keys()) lines.set(name, (lines.get(name) ?? 0) + 1);
  return [...lines].filter(([, count]) => count >= LEAST_LINES).map(([name]) => name);
}
