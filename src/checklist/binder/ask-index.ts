import { dictionary } from "../vocabulary/dictionary.ts";
import { remembered } from "../vocabulary/remembered.ts";
import { stem } from "../vocabulary/word-forms.ts";
import { type Readings, readSenses, type Sense } from "./words.ts";

/** Something that can answer a line: a check of a kind of component, or a drill. */
export interface Answerer {
  /** "postgres.index.foreign-key", "drill.restore". */
  readonly id: string;
  /** Kind of the component it belongs to; several kinds may have the same check. */
  readonly kinds: readonly string[];
  readonly title: string;
  /** How people word it. */
  readonly asks: readonly string[];
  /** Its asks are a declaration's own words: what other teams' lines ask for says nothing of them. */
  readonly isDeclared?: boolean;
  /** Meanings of which the line itself has to say one: a rehearsal is asked for by who wants something tried. */
  readonly saysOneOf?: readonly string[];
}

/** One way to ask for it, in meanings. */
export interface Phrase {
  readonly answerer: Answerer;
  readonly text: string;
  readonly meanings: readonly string[];
  /** Of each meaning, its number and its weight. */
  readonly numbers: readonly number[];
  readonly weights: readonly number[];
  /** Its place among all phrases. */
  readonly at: number;
  /** Numbers of "configured", "enabled": they decide between ways of asking that are the same but for them. */
  readonly fillers: readonly number[];
  /** What each filler adds to the weight. */
  readonly fillerWeight: number;
  /** Of all its meanings together, without fillers. */
  readonly weight: number;
}

/** A meaning that stands in an ask, or in the title or id of an answerer. */
export interface Term {
  /** Its place among all terms. */
  readonly number: number;
  /** How much it tells one answerer from another: 1 for the rarest, near 0 for a filler. Undefined: no ask has it. */
  readonly weight: number | undefined;
}

export interface AskIndex {
  /** How many terms there are. */
  readonly terms: number;
  readonly phrases: readonly Phrase[];
  termOf(meaning: string): Term | undefined;
  /** Who is asked for in the very same words. */
  siblingsOf(phrase: Phrase): readonly Answerer[];
  /** Who is asked for in just these words, of which none tells anything by itself: "all services are running". */
  saidExactly(text: string): Phrase | undefined;
  /** The number of every term in the words, title and id of an answerer. */
  vocabularyOf(answerer: Answerer): ReadonlySet<number>;
}

export const FILLER_WEIGHT = 0.3;
/** "Application accessible" has hardly a word of its own; there the fillers have to be met too. */
const TELLING_ENOUGH = 2;
/** A title is our wording, not people's: it counts as one more way to ask, a weaker one. */
const LEAST_WEIGHT = 0.3;

/** Reads how every answerer is asked for. Made once; a checklist of any length is bound with it. */
export function createAskIndex(answerers: readonly Answerer[], readings: Readings = NO_READINGS): AskIndex {
  const readingOf = (text: string): readonly Sense[] => readings.get(text) ?? readSenses(text);
  const read = answerers.map((answerer): ReadAnswerer => {
    const asks = [...new Set(answerer.asks)].map((text) => {
      const senses = readingOf(text).filter(({ isImplied }) => !isImplied);
      return { text, said: text.toLowerCase(), senses };
    });
    return { answerer, asks, around: readingOf(aroundOf(answerer)) };
  });
  const terms = termsOf(read);
  const siblings = siblingsIn(read);
  const exact = new Map<string, Phrase>();
  const phrases: Phrase[] = [];
  for (const { answerer, asks } of read) {
    const seen = new Set<string>();
    for (const { text, said, senses } of asks) {
      const phrase = phraseOf({ answerer, text, senses, at: phrases.length }, terms);
      // "Health check passes" and "health checks pass" are judged once.
      const key = `${sorted(phrase.numbers)}·${sorted(phrase.fillers)}`;
      if (phrase.weight === 0) exact.set(wordsAlone(text), phrase);
      if (seen.has(key) && !siblings.has(said)) continue;
      seen.add(key);
      phrases.push(phrase);
    }
  }
  const readOf = new Map(read.map((each) => [each.answerer, each]));
  const vocabularyOf = remembered((answerer: Answerer): ReadonlySet<number> => {
    const { around = [], asks = [] } = readOf.get(answerer) ?? {};
    const senses = [around, ...asks.map((ask) => ask.senses)].flat();
    return new Set(senses.flatMap(({ meaning }) => terms.get(meaning)?.number ?? []));
  });
  return {
    terms: terms.size,
    phrases,
    termOf: (meaning) => terms.get(meaning),
    siblingsOf: ({ text, answerer }) => siblings.get(text.toLowerCase()) ?? [answerer],
    saidExactly: (text) => exact.get(wordsAlone(text)),
    vocabularyOf,
  };
}

function sorted(numbers: readonly number[]): string {
  return numbers.length < 2 ? `${numbers}` : numbers.toSorted((one, other) => one - other).join(" ");
}

const NO_READINGS: Readings = new Map();

/** "Services are not running" says the contrary of "services are running". */
const CONTRARY = /^(?:no|not|never|nor|without|non)$|n't$/;

/** "All the services are running." says no more than "services running". */
function wordsAlone(text: string): string {
  const { functionWords } = dictionary();
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}']*/gu) ?? [];
  return words
    .map(stem)
    .filter((word) => CONTRARY.test(word) || !functionWords.has(word))
    .join(" ");
}

/** The title, id and kinds of an answerer as a text. */
export function aroundOf({ title, id, kinds }: Answerer): string {
  return `${title} ${id.replaceAll(/[.-]/g, " ")} ${kinds.join(" ")}`;
}

interface ReadAsk {
  readonly text: string;
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

/** A term weighs the less the more families of answerers have it in their asks. */
function termsOf(read: readonly ReadAnswerer[]): ReadonlyMap<string, Term> {
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
  const terms = new Map<string, Term>();
  const add = (meaning: string, weight: number | undefined): void => {
    if (!terms.has(meaning)) terms.set(meaning, { number: terms.size, weight });
  };
  for (const [meaning, { size }] of families)
    add(meaning, Math.max(LEAST_WEIGHT, 1 - (0.7 * Math.log(size)) / widest));
  for (const meaning of fillers) add(meaning, FILLER_WEIGHT);
  for (const { meaning } of read.flatMap(({ around }) => around)) add(meaning, undefined);
  return terms;
}

function phraseOf(
  { senses, ...ask }: { answerer: Answerer; text: string; senses: readonly Sense[]; at: number },
  terms: ReadonlyMap<string, Term>,
): Phrase {
  const meanings: string[] = [];
  const numbers: number[] = [];
  const weights: number[] = [];
  const fillers: number[] = [];
  let weight = 0;
  for (const { meaning, role } of senses) {
    const term = terms.get(meaning);
    if (!term) continue;
    const among = role === "filler" ? fillers : numbers;
    if (among.includes(term.number)) continue;
    among.push(term.number);
    if (role === "filler") continue;
    meanings.push(meaning);
    weights.push(term.weight ?? 0);
    weight += term.weight ?? 0;
  }
  const fillerWeight = 0.35 * Math.max(0, TELLING_ENOUGH - weight);
  return { ...ask, meanings, numbers, weights, weight, fillers, fillerWeight };
}

/** What several answerers are asked for in the same words keeps its words. */
function siblingsIn(read: readonly ReadAnswerer[]): ReadonlyMap<string, readonly Answerer[]> {
  const first = new Map<string, Answerer>();
  const several = new Map<string, Answerer[]>();
  for (const { answerer, asks } of read) {
    for (const { said } of asks) {
      const one = first.get(said);
      if (one === undefined) first.set(said, answerer);
      else if (one !== answerer) {
        const all = several.get(said) ?? [one];
        if (!all.includes(answerer)) all.push(answerer);
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
