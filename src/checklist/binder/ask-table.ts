import { dictionary } from "../vocabulary/dictionary.ts";
import { stem } from "../vocabulary/word-forms.ts";
import { type Answerer, aroundOf } from "./answerer.ts";
import type { AskColumns } from "./ask-columns.ts";
import { type FlatLists, flatLists } from "./flat-lists.ts";
import { leadsOf } from "./leads.ts";
import { type Readings, readSenses, type Sense } from "./words.ts";

/** How every answerer is asked for, in numbers: plain data, which can be kept. */
export interface AskTable extends AskColumns {
  /** Ids of those it was read of, in their order. */
  readonly answerers: readonly string[];
  /** Meanings, each at the place that is its number. */
  readonly terms: readonly string[];
  /** Of each term, how much it tells; NaN: no ask has it. */
  readonly termWeights: Float64Array;
  /** Of each ask: the place of who is asked for, and its place among the ways to ask for that one. */
  readonly answererOf: Uint32Array;
  readonly askOf: Uint32Array;
  /** Of each term: the asks to which it leads, see `leadsOf`. */
  readonly leads: FlatLists;
  /** Of each answerer: the numbers of all terms in its words, title and id. */
  readonly vocabulary: FlatLists;
  /** Places of the answerers that are asked for in the same words, by these in lower case. */
  readonly siblings: ReadonlyMap<string, readonly number[]>;
  /** Asks of which no word tells anything by itself, by what is left of their words. */
  readonly exact: ReadonlyMap<string, number>;
}

export const FILLER_WEIGHT = 0.3;
/** "Application accessible" has hardly a word of its own; there the fillers have to be met too. */
const TELLING_ENOUGH = 2;
/** A title is our wording, not people's: it counts as one more way to ask, a weaker one. */
const LEAST_WEIGHT = 0.3;
/** What is less sure than this decides nothing, not even whether a line may be bound by its beginning. */
export const LEAST_DECIDING = 0.35;

const NO_READINGS: Readings = new Map();

/** Reads how every answerer is asked for; what asks mean is taken from `readings` where it is there. */
export function readAsks(answerers: readonly Answerer[], readings: Readings = NO_READINGS): AskTable {
  const readingOf = (text: string): readonly Sense[] => readings.get(text) ?? readSenses(text);
  const read = answerers.map((answerer): ReadAnswerer => {
    const asks = answerer.asks.flatMap((text, place): ReadAsk[] => {
      if (answerer.asks.indexOf(text) !== place) return [];
      return [
        { text, place, said: text.toLowerCase(), senses: readingOf(text).filter((each) => !each.isImplied) },
      ];
    });
    return { answerer, asks, around: readingOf(aroundOf(answerer)) };
  });
  const weightOf = termWeights(read);
  const numberOf = new Map([...weightOf.keys()].map((meaning, number) => [meaning, number]));
  const siblings = siblingsIn(read);
  const exact = new Map<string, number>();
  const phrases: NumberedAsk[] = [];
  for (const [place, { asks }] of read.entries()) {
    const seen = new Set<string>();
    for (const ask of asks) {
      const phrase = numbered(ask, place, { weightOf, numberOf });
      // "Health check passes" and "health checks pass" are judged once.
      const key = `${sorted(phrase.numbers)}·${sorted(phrase.fillers)}`;
      if (phrase.whole === 0) exact.set(wordsAlone(ask.text), phrases.length);
      if (seen.has(key) && !siblings.has(ask.said)) continue;
      seen.add(key);
      phrases.push(phrase);
    }
  }
  const columns: AskColumns = {
    meanings: flatLists(phrases.map(({ numbers }) => numbers)),
    weights: Float64Array.from(phrases.flatMap(({ weights }) => weights)),
    whole: Float64Array.from(phrases, ({ whole }) => whole),
    fillers: flatLists(phrases.map(({ fillers }) => fillers)),
    fillerWeight: Float64Array.from(phrases, ({ fillerWeight }) => fillerWeight),
  };
  return {
    ...columns,
    answerers: answerers.map(({ id }) => id),
    terms: [...weightOf.keys()],
    termWeights: Float64Array.from(weightOf.values(), (weight) => weight ?? Number.NaN),
    answererOf: Uint32Array.from(phrases, ({ answerer }) => answerer),
    askOf: Uint32Array.from(phrases, ({ ask }) => ask),
    leads: leadsOf(columns, weightOf.size, LEAST_DECIDING),
    vocabulary: flatLists(read.map((each) => vocabularyOf(each, numberOf))),
    siblings,
    exact,
  };
}

function sorted(numbers: readonly number[]): string {
  return numbers.length < 2 ? `${numbers}` : numbers.toSorted((one, other) => one - other).join(" ");
}

/** "Services are not running" says the contrary of "services are running". */
const CONTRARY = /^(?:no|not|never|nor|without|non)$|n't$/;

/** "All the services are running." says no more than "services running". */
export function wordsAlone(text: string): string {
  const { functionWords } = dictionary();
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}']*/gu) ?? [];
  return words
    .map(stem)
    .filter((word) => CONTRARY.test(word) || !functionWords.has(word))
    .join(" ");
}

interface ReadAsk {
  readonly text: string;
  /** Its place among the ways to ask for its answerer. */
  readonly place: number;
  /** In lower case. */
  readonly said: string;
  readonly senses: readonly Sense[];
}

interface ReadAnswerer {
  readonly answerer: Answerer;
  readonly asks: readonly ReadAsk[];
  /** Of its title, id and kinds. */
  readonly around: readonly Sense[];
}

function vocabularyOf({ asks, around }: ReadAnswerer, numberOf: ReadonlyMap<string, number>): number[] {
  const senses = [...around, ...asks.flatMap((ask) => ask.senses)];
  return [...new Set(senses.flatMap(({ meaning }) => numberOf.get(meaning) ?? []))];
}

/** Of each term, in the order of their numbers. It weighs the less the more families of answerers have it in their asks. */
function termWeights(read: readonly ReadAnswerer[]): ReadonlyMap<string, number | undefined> {
  const families = new Map<string, Set<string>>();
  const fillers = new Set<string>();
  for (const { answerer, asks } of read) {
    const family = familyOf(answerer.id);
    for (const { meaning, role } of asks.flatMap(({ senses }) => senses)) {
      if (role === "filler") fillers.add(meaning);
      else families.set(meaning, (families.get(meaning) ?? new Set()).add(family));
    }
  }
  const widest = Math.log(1 + Math.max(1, ...[...families.values()].map(({ size }) => size)));
  const weights = new Map<string, number | undefined>();
  const add = (meaning: string, weight: number | undefined): void => {
    if (!weights.has(meaning)) weights.set(meaning, weight);
  };
  for (const [meaning, { size }] of families)
    add(meaning, Math.max(LEAST_WEIGHT, 1 - (0.7 * Math.log(size)) / widest));
  for (const meaning of fillers) add(meaning, FILLER_WEIGHT);
  for (const { meaning } of read.flatMap(({ around }) => around)) add(meaning, undefined);
  return weights;
}

/** A way to ask, in the numbers of its meanings. */
interface NumberedAsk {
  /** Place of who is asked for, and of this among the ways to. */
  readonly answerer: number;
  readonly ask: number;
  readonly numbers: readonly number[];
  readonly weights: readonly number[];
  readonly whole: number;
  readonly fillers: readonly number[];
  readonly fillerWeight: number;
}

function numbered(
  { senses, place }: ReadAsk,
  answerer: number,
  terms: {
    readonly weightOf: ReadonlyMap<string, number | undefined>;
    readonly numberOf: ReadonlyMap<string, number>;
  },
): NumberedAsk {
  const numbers: number[] = [];
  const weights: number[] = [];
  const fillers: number[] = [];
  let whole = 0;
  for (const { meaning, role } of senses) {
    const number = terms.numberOf.get(meaning);
    const among = role === "filler" ? fillers : numbers;
    if (number === undefined || among.includes(number)) continue;
    among.push(number);
    if (role === "filler") continue;
    const weight = terms.weightOf.get(meaning) ?? 0;
    weights.push(weight);
    whole += weight;
  }
  const fillerWeight = 0.35 * Math.max(0, TELLING_ENOUGH - whole);
  return { answerer, ask: place, numbers, weights, whole, fillers, fillerWeight };
}

/** What several answerers are asked for in the same words keeps its words. */
function siblingsIn(read: readonly ReadAnswerer[]): ReadonlyMap<string, readonly number[]> {
  const first = new Map<string, number>();
  const several = new Map<string, number[]>();
  for (const [place, { asks }] of read.entries()) {
    for (const { said } of asks) {
      const one = first.get(said);
      if (one === undefined) first.set(said, place);
      else if (one !== place) {
        const all = several.get(said) ?? [one];
        if (!all.includes(place)) all.push(place);
        several.set(said, all);
      }
    }
  }
  return several;
}

/** Siblings that share most of their words ("http.header.hsts" and its like) count once. */
function familyOf(id: string): string {
  return id.split(".").slice(0, 2).join(".");
}
