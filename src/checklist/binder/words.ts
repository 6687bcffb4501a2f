import { quantitiesIn } from "../figures/quantities.ts";
import { dictionary } from "../vocabulary/dictionary.ts";
import { type Meaning, meaningsOf } from "../vocabulary/meanings.ts";
import { remembered } from "../vocabulary/remembered.ts";
import { rawWords } from "../vocabulary/word-forms.ts";
import { createProminence } from "./prominence.ts";

export type Role = "content" | "filler" | "people" | "product";

/** What a word or phrase means, in whatever language it is written. */
export interface Sense {
  /** The same for all that mean the same: "rate-limit". */
  readonly meaning: string;
  readonly role: Role;
  /** It is said by a narrower word: "E2E tests" are tests. */
  readonly isImplied: boolean;
}

/** A word or phrase of a line. */
export interface Word extends Sense {
  /** As it stands in the line, for people. */
  readonly shown: string;
  /** How much it says of the line: less in parentheses, in conditions and after the first sentence. */
  readonly weight: number;
  /** It is a part of a name ("JWT_SECRET", "/api/tasks"), which need not be accounted for. */
  readonly isPart: boolean;
  /** Nothing knows it, in a line of another language than English. */
  readonly isStrange: boolean;
}

/** From a text to what its words mean. */
export type Readings = ReadonlyMap<string, readonly Sense[]>;

const NOT_LATIN = /[^\p{Script=Latin}\p{N}\p{P}\s]/u;

/** How many words of a line are read; what is further back is prose. */
const MOST_WORDS = 80;
/** They stand between words that make one phrase: "queries are optimized". */
const COPULAS = new Set("is are was were be been being has have had the".split(" "));
/** "100", "100ms", "10 MB": a figure names nothing. */
const FIGURE = /^(?:v?\d+(?:\.\d+)*(?:ms|s|m|min|h|d|x|k|kb|mb|gb)?\+?|ms|kb|mb|gb)$/;
/** The words of a line, in order. */
export function readWords(text: string): Word[] {
  const prominenceAt = createProminence(text);
  const { english } = dictionary();
  const meanings = meaningsIn(text);
  const translated = meanings.filter(({ isTranslated }) => isTranslated);
  // One word of another language stands in many an English line.
  const isForeign = translated.length > 1 || translated.some(({ shown }) => NOT_LATIN.test(shown));
  const words: Word[] = [];
  for (const { meaning, shown, at, isPart = false, isTranslated = false } of meanings) {
    const weight = prominenceAt(at);
    const isStrange = isForeign && !isTranslated && !english.has(meaning);
    for (const { meaning: meant, role, isImplied } of sensesOf(meaning))
      words.push({ meaning: meant, role, isImplied, shown, weight, isPart, isStrange });
  }
  return words;
}

/** What the words of a text mean, in order, wherever in it they stand. */
export function readSenses(text: string): Sense[] {
  return meaningsIn(text).flatMap(({ meaning }) => sensesOf(meaning));
}

function meaningsIn(text: string): Meaning[] {
  const raw = rawWords(text.slice(0, 4000), (path) => dictionary().synonyms.has(path))
    .filter(({ text }) => !COPULAS.has(text))
    .slice(0, MOST_WORDS);
  return [...meaningsOf(raw), ...limitsIn(text)];
}

/** A meaning and those it is a kind of; none where it only holds a sentence together. */
const sensesOf = remembered((meaning: string): readonly Sense[] => {
  const { functionWords, broader } = dictionary();
  if (functionWords.has(meaning)) return [];
  const implied = broader.get(meaning) ?? [];
  return [
    { meaning, role: roleOf(meaning), isImplied: false },
    ...implied.map((each) => ({ meaning: each, role: roleOf(each), isImplied: true })),
  ];
});

const MONEY = /[$€£¥]\s?\d|\d\s?(?:€|£|usd\b|eur\b|dollars?\b)/iu;

/** "< 500 ms" and "more than 80 %" ask for something to be measured, "99.9 %" for a promise, "$50,000" for people. */
function limitsIn(text: string): Meaning[] {
  if (!/\d/.test(text)) return [];
  const money = MONEY.exec(text);
  const found: Meaning[] = money ? [{ meaning: "money", shown: money[0], at: money.index }] : [];
  return [...found, ...measuresIn(text)];
}

function measuresIn(text: string): Meaning[] {
  return quantitiesIn(text).flatMap(({ of, amount, bound, said, from }): Meaning[] => {
    if (of === "share" && amount > 95 && amount < 100) return [{ meaning: "nines", shown: said, at: from }];
    if (bound === "exactly" || (of !== "time" && of !== "share")) return [];
    return [{ meaning: of === "time" ? "time-limit" : "share-limit", shown: said, at: from }];
  });
}

function roleOf(meaning: string): Role {
  const { fillers, people, products } = dictionary();
  if (fillers.has(meaning) || FIGURE.test(meaning) || /^[a-z]$/.test(meaning)) return "filler";
  if (people.has(meaning)) return "people";
  return products.has(meaning) ? "product" : "content";
}
