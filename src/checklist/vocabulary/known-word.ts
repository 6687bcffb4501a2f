import { dictionary, type OpenPhrase, openingOf } from "./dictionary.ts";
import type { PhraseTree } from "./phrase-tree.ts";
import { remembered } from "./remembered.ts";
import { stem } from "./word-forms.ts";

/** "In" and "per" are words of several languages. */
const SHORTEST_ENGLISH = 3;

/** A word, with all that the dictionary knows of it: lists say the same words again and again. */
export interface KnownWord {
  /** In lower case, without accents. */
  readonly text: string;
  readonly stem: string;
  readonly isEnglish: boolean;
  /** It is a word of another language, by all of its letters. */
  readonly translation: string | undefined;
  /** It holds an English sentence together. */
  readonly holdsEnglish: boolean;
  /** Phrases of two words or more that begin with it. */
  readonly english: PhraseTree | undefined;
  readonly foreign: PhraseTree | undefined;
  readonly open: readonly OpenPhrase[];
}

export const knownWord = remembered((text: string): KnownWord => {
  const { english, translations, functionWords, englishPhrases, foreignPhrases, openPhrases } = dictionary();
  const stemmed = stem(text);
  return {
    text,
    stem: stemmed,
    isEnglish: english.has(stemmed),
    translation: translations.get(text),
    holdsEnglish: text.length >= SHORTEST_ENGLISH && functionWords.has(text),
    english: englishPhrases.next.get(stemmed),
    foreign: foreignPhrases.next.get(text),
    open: openPhrases.get(openingOf(text)) ?? [],
  };
});

export function isEnglish(word: string): boolean {
  return dictionary().english.has(stem(word));
}
