import { ASIAN } from "./asian.ts";
import { ASIAN_OPERATIONS } from "./asian-operations.ts";
import { CHINESE } from "./chinese.ts";
import { DEEDS } from "./deeds.ts";
import { DUTCH } from "./dutch.ts";
import { EASTERN } from "./eastern.ts";
import { BROADER, SYNONYMS } from "./english.ts";
import { SYNONYMS_OF_OPERATIONS } from "./english-operations.ts";
import { EUROPEAN_OPERATIONS } from "./european-operations.ts";
import { EVERYDAY } from "./everyday.ts";
import { FRENCH } from "./french.ts";
import { GERMAN } from "./german.ts";
import { INDONESIAN } from "./indonesian.ts";
import { JAPANESE } from "./japanese.ts";
import { KOREAN } from "./korean.ts";
import { NORTHERN } from "./northern.ts";
import { OPERATIONS } from "./operations.ts";
import { type PhraseTree, phraseTree } from "./phrase-tree.ts";
import { PORTUGUESE_ITALIAN } from "./portuguese-italian.ts";
import { RUSSIAN } from "./russian.ts";
import { SLAVIC } from "./slavic.ts";
import { SPANISH } from "./spanish.ts";
import { SWEDISH } from "./swedish.ts";
import { THINGS } from "./things.ts";
import { TURKISH } from "./turkish.ts";
import { UKRAINIAN } from "./ukrainian.ts";
import { VIETNAMESE } from "./vietnamese.ts";
import { FILLERS, FUNCTION_WORDS, PEOPLE, PRODUCTS } from "./word-classes.ts";
import { isWithoutBlanks, plain, rawWords, stem } from "./word-forms.ts";

export interface Dictionary {
  /** From the stems of a phrase, joined by blanks, to its meaning. */
  readonly synonyms: ReadonlyMap<string, string>;
  /** From the meanings of two words, in the order of the alphabet, to what they mean together. */
  readonly pairs: ReadonlyMap<string, string>;
  /** From words as they are typed, joined by blanks, to English words. */
  readonly translations: ReadonlyMap<string, string>;
  /** The phrases among the synonyms, by stems, and among the translations, as they are typed. */
  readonly englishPhrases: PhraseTree;
  readonly foreignPhrases: PhraseTree;
  /** From the beginning of a word to English words. */
  readonly beginnings: ReadonlyMap<string, string>;
  /** Phrases of which a word may end otherwise, by the first letters of the first word. */
  readonly openPhrases: ReadonlyMap<string, readonly OpenPhrase[]>;
  /** From characters of scripts without blanks to English words, and the longest of them. */
  readonly characters: ReadonlyMap<string, string>;
  readonly longestCharacters: number;
  /** From a meaning to those it is a kind of. */
  readonly broader: ReadonlyMap<string, readonly string[]>;
  readonly functionWords: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
  readonly products: ReadonlySet<string>;
  /** Stems of every English word that stands anywhere above. */
  readonly english: ReadonlySet<string>;
}

/** "резервн* копи*": words of which each may end in its own way. */
export interface OpenPhrase {
  readonly words: readonly { readonly text: string; readonly isOpen: boolean }[];
  /** English words. */
  readonly meaning: string;
}

/** Phrases longer than this are not looked for. */
const LONGEST_PHRASE = 4;
const SHORTEST_BEGINNING = 4;

let known: Dictionary | undefined;

/** Built once, when a checklist is first bound, unless it was built before. */
export function dictionary(): Dictionary {
  known ??= build();
  return known;
}

/** Takes what `dictionary` gave when the package was built, in place of building it again. */
export function useDictionary(built: Dictionary): void {
  known ??= built;
}

function build(): Dictionary {
  const synonyms = new Map<string, string>();
  const english = new Set<string>();
  for (const [meaning, words] of [...entriesOf(SYNONYMS), ...entriesOf(SYNONYMS_OF_OPERATIONS)]) {
    for (const phrase of words) {
      const stems = rawWords(phrase).map(({ text }) => stem(text));
      synonyms.set(stems.join(" "), meaning);
      for (const each of stems) english.add(each);
    }
  }
  const functionWords = stemsOf(FUNCTION_WORDS);
  const fillers = stemsOf(FILLERS);
  const people = stemsOf(PEOPLE);
  const products = stemsOf(Object.values(PRODUCTS).join(" "));
  for (const each of [...functionWords, ...fillers, ...people, ...products]) english.add(each);
  const broader = new Map(entriesOf(BROADER));
  const translated = translate();
  const pairs = pairsOf(synonyms);
  return {
    synonyms,
    pairs,
    broader,
    functionWords,
    fillers,
    people,
    products,
    english,
    englishPhrases: phraseTree(synonyms, LONGEST_PHRASE),
    foreignPhrases: phraseTree(translated.translations, LONGEST_PHRASE),
    ...translated,
  };
}

/** "Error monitoring" is one thing, also in a language that says it the other way round. */
function pairsOf(synonyms: ReadonlyMap<string, string>): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const [phrase, meaning] of synonyms) {
    const words = phrase.split(" ");
    const [one, other] = words.map((word) => synonyms.get(word) ?? word);
    // "GitHub" means git, but its secrets are not git's.
    const isPlain = words.every((word, at) => word.slice(0, 4) === [one, other][at]?.slice(0, 4));
    if (one !== undefined && other !== undefined && words.length === 2 && isPlain)
      pairs.set(pairOf(one, other), meaning);
  }
  return pairs;
}

/** Where two meanings are found among the pairs. */
export function pairOf(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** Letters that the first word of an open phrase has for certain. */
const OPENING = 3;

/** Where a word's open phrases are kept. */
export function openingOf(word: string): string {
  return word.slice(0, OPENING);
}

function openPhrase(written: string, meaning: string): OpenPhrase | undefined {
  const words = written
    .trim()
    .split(/\s+/)
    .map((word) => ({ text: plain(word.replace(/\*$/, "")), isOpen: word.endsWith("*") }));
  const isUsable =
    words.length > 1 &&
    words.length <= LONGEST_PHRASE &&
    words.some(({ isOpen }) => isOpen) &&
    words.every(({ text }) => /^[\p{L}\p{N}]+$/u.test(text));
  return isUsable && (words[0]?.text.length ?? 0) >= OPENING ? { words, meaning } : undefined;
}

function translate(): Pick<
  Dictionary,
  "translations" | "beginnings" | "openPhrases" | "characters" | "longestCharacters"
> {
  const translations = new Map<string, string>();
  const beginnings = new Map<string, string>();
  const openPhrases = new Map<string, OpenPhrase[]>();
  const characters = new Map<string, string>();
  const add = (map: Map<string, string>, key: string, meaning: string): void => {
    // The first that was written down stands, so common words come before rare ones.
    if (!map.has(key)) map.set(key, meaning);
  };
  for (const language of [
    EUROPEAN_OPERATIONS,
    CHINESE,
    JAPANESE,
    TURKISH,
    RUSSIAN,
    GERMAN,
    FRENCH,
    SPANISH,
    PORTUGUESE_ITALIAN,
    DUTCH,
    SWEDISH,
    NORTHERN,
    SLAVIC,
    UKRAINIAN,
    EASTERN,
    KOREAN,
    INDONESIAN,
    VIETNAMESE,
    ASIAN,
    ASIAN_OPERATIONS,
    THINGS,
    DEEDS,
    EVERYDAY,
    OPERATIONS,
  ]) {
    for (const [meaning, words] of entriesOf(language)) {
      for (const word of words) {
        const typed = plain(word.replaceAll("*", ""));
        const open = openPhrase(word, meaning);
        if (open) {
          const opening = openingOf(open.words[0]?.text ?? "");
          openPhrases.set(opening, [...(openPhrases.get(opening) ?? []), open]);
          // "sql注入" is read as two words, wherever it stands.
        } else if (isWithoutBlanks(typed) && rawWords(typed).length === 1) add(characters, typed, meaning);
        else if (isBeginning(word, typed)) add(beginnings, typed, meaning);
        else
          add(
            translations,
            rawWords(typed)
              .map(({ text }) => text)
              .join(" "),
            meaning,
          );
      }
    }
  }
  const longestCharacters = Math.max(...[...characters.keys()].map((key) => key.length));
  return { translations, beginnings, openPhrases, characters, longestCharacters };
}

function isBeginning(word: string, typed: string): boolean {
  if (/\s/.test(word)) return false;
  return (word.endsWith("*") && typed.length >= SHORTEST_BEGINNING) || /^\p{Script=Hangul}{2,}$/u.test(typed);
}

function entriesOf(lines: string): [meaning: string, words: string[]][] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const colon = line.indexOf(":");
      const words = line.slice(colon + 1).split(",");
      return [line.slice(0, colon).trim(), words.map((word) => word.trim()).filter((word) => word !== "")];
    });
}

function stemsOf(words: string): Set<string> {
  return new Set(rawWords(words).map(({ text }) => stem(text)));
}
