import { once } from "../../model/once.ts";
import type { ReadLine } from "../binder/binding-line.ts";
import { bagOf } from "./bag.ts";
import { type Feature, Features } from "./features.ts";
import { type PackedNetwork, scoresOf, strengthsOf } from "./network.ts";
import { softmax } from "./softmax.ts";
import type { Weights } from "./weights.ts";

/** Lines that ask for nothing a machine could answer. */
export const PERSON = "person";

/** What lines in the words of this one ask for. */
export interface Shares {
  /** 0 to 1: of such lines, how many it answers. Undefined: it was in no line that was learned from. */
  of(id: string): number | undefined;
  /** What it is at least so likely to ask for; nothing where a person is likelier than all else. */
  likely(least: number): readonly string[];
  /** The words that speak for it most, the strongest first. */
  reasonsFor(id: string): readonly string[];
}

export type Classifier = (line: ReadLine) => Shares;

const MOST_REASONS = 3;

/** Tells by its words alone what a line asks for, as lines do that were labelled. */
export function createClassifier(weights: Weights): Classifier {
  const { names, said, above } = weights;
  const features = new Features({ said, above });
  const numbers = new Map(names.map((name, number) => [name, number]));
  const strengths = new Float64Array(weights.units.length);
  /** Made here, where who keeps it for later does not keep what every class scored. */
  const reasonsIn =
    (told: { readonly found: readonly Feature[]; readonly line: ReadLine }) =>
    (id: string): readonly string[] => {
      const number = numbers.get(id);
      return number === undefined ? [] : reasonsFor(number, { ...told, features, network: weights });
    };
  return (line) => {
    const found = features.of(bagOf(line));
    const scores = scoresOf(strengthsOf(found, weights, strengths), weights);
    const isForPerson = highestOf(scores) === numbers.get(PERSON);
    // Most lines are a person's, and nobody asks more of them.
    const shares = once(() => withBesides(softmax(scores), weights));
    return {
      of: (id) => {
        const number = numbers.get(id);
        return number === undefined ? undefined : shares()[number];
      },
      likely: (least) => (isForPerson ? [] : likelyIn(shares(), least, names)),
      reasonsFor: reasonsIn({ found, line }),
    };
  };
}

function likelyIn(shares: Float64Array, least: number, names: readonly string[]): string[] {
  const likely: string[] = [];
  for (let number = 0; number < shares.length; number++) {
    const name = (shares[number] ?? 0) < least ? undefined : names[number];
    if (name !== undefined && name !== PERSON) likely.push(name);
  }
  return likely;
}

function highestOf(scores: Float64Array): number {
  let highest = 0;
  for (let at = 1; at < scores.length; at++) if ((scores[at] ?? 0) > (scores[highest] ?? 0)) highest = at;
  return highest;
}

/** A class below this share brings no other along. */
const LEAST_BRINGING = 0.01;

/** Of lines that ask for one thing, some are answered by another as well. */
function withBesides(shares: Float64Array, { besides }: Weights): Float64Array {
  const whole = shares.slice();
  for (let number = 0; number < shares.length; number++) {
    const share = shares[number] ?? 0;
    if (share < LEAST_BRINGING) continue;
    for (const beside of besides[number] ?? [])
      whole[beside.class] = (whole[beside.class] ?? 0) + share * beside.share;
  }
  return whole;
}

/** The words without which it would be less likely, and by how much. */
function reasonsFor(
  wanted: number,
  told: {
    readonly found: readonly Feature[];
    readonly line: ReadLine;
    readonly features: Features;
    readonly network: PackedNetwork;
  },
): string[] {
  const { found, line, features, network } = told;
  const shareOf = (heard: readonly Feature[]): number =>
    softmax(scoresOf(strengthsOf(heard, network), network))[wanted] ?? 0;
  const shownOf = new Map<number, string>();
  for (const [meaning, { shown }] of line.above)
    shownOf.set(features.above.get(meaning) ?? -1, `${shown} (above)`);
  for (const { meaning, shown } of line.own) shownOf.set(features.said.get(meaning) ?? -1, shown);
  const whole = shareOf(found);
  const spoken = found.flatMap((feature) => {
    const shown = shownOf.get(feature.number);
    const weight = whole - shareOf(found.filter((each) => each !== feature));
    return shown !== undefined && weight > 0 ? [{ shown, weight }] : [];
  });
  const strongest = spoken.sort((a, b) => b.weight - a.weight).map(({ shown }) => shown);
  return [...new Set(strongest)].slice(0, MOST_REASONS);
}
