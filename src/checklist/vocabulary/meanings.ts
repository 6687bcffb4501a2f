import { dictionary, type OpenPhrase, openingOf, pairOf } from "./dictionary.ts";
import { type FoundPhrase, longestIn } from "./phrase-tree.ts";
import { remembered } from "./remembered.ts";
import { isWithoutBlanks, type RawWord, rawWords, stem } from "./word-forms.ts";

/** "In" and "per" are words of several languages. */
const SHORTEST_ENGLISH = 3;
const SHORTEST_OF_TWO = 4;

/** What a word means, and where it stands. */
export interface Meaning {
  readonly meaning: string;
  readonly shown: string;
  readonly at: number;
  readonly isPart?: boolean;
  /** It was said in another language than English. */
  readonly isTranslated?: boolean | undefined;
}

/** The meanings of words in any language. A translation is English, and is not translated again. */
export function meaningsOf(raw: readonly RawWord[], translate = true): Meaning[] {
  const found: Meaning[] = [];
  const aloneIn = !translate ? inEnglish : saysSoInEnglish(raw) ? alone : anywhere;
  for (let index = 0; index < raw.length; ) {
    const word = raw[index];
    if (!word) break;
    if (word.kind === "variable") {
      found.push({ meaning: "variable-name", shown: word.text.toUpperCase(), at: word.at });
      found.push(...nameParts(word));
      index += 1;
      continue;
    }
    const phrase = longestPhrase(raw, index, translate);
    if (phrase) {
      found.push(...phrase.meanings);
      index += phrase.length;
      continue;
    }
    const isPart = word.kind === "path";
    for (const { meaning, shown, isTranslated } of aloneIn(word.text))
      found.push({ meaning, shown, at: word.at, isPart, isTranslated });
    index += 1;
  }
  return translate ? joined(found) : found;
}

/** Words of another language that are one thing in English: "monitoreo de errores" is error monitoring. */
function joined(found: readonly Meaning[]): Meaning[] {
  const { pairs, functionWords } = dictionary();
  const whole: Meaning[] = [];
  for (const each of found) {
    const before = whole.findLastIndex(({ meaning }) => !functionWords.has(meaning));
    const other = whole[before];
    const isForeign = each.isTranslated === true || other?.isTranslated === true;
    const pair =
      isForeign && other && !each.isPart ? pairs.get(pairOf(other.meaning, each.meaning)) : undefined;
    if (pair === undefined || !other) whole.push(each);
    else
      whole[before] = { ...other, meaning: pair, shown: `${other.shown} ${each.shown}`, isTranslated: true };
  }
  return whole;
}

function nameParts({ text, at }: RawWord): Meaning[] {
  const parts = text
    .split("_")
    .filter((part) => part !== "variable" && part !== "name")
    .map((part): RawWord => ({ text: part, at, kind: "word" }));
  return meaningsOf(parts).map((each) => ({ ...each, isPart: true }));
}

/** The longest phrase of two words or more that begins here, in English before other languages. */
function longestPhrase(
  raw: readonly RawWord[],
  index: number,
  translate: boolean,
): { meanings: Meaning[]; length: number } | undefined {
  const { englishPhrases, foreignPhrases } = dictionary();
  // No variable is in a phrase.
  const wordAt = (place: number): string | undefined => {
    const word = raw[index + place];
    return word?.kind === "variable" ? undefined : word?.text;
  };
  const english = longestIn(englishPhrases, (place) => {
    const word = wordAt(place);
    return word === undefined ? undefined : stem(word);
  });
  const typed = translate ? longestIn(foreignPhrases, wordAt) : undefined;
  const open = translate ? longestOpenPhrase(wordAt) : undefined;
  const foreign = (open?.length ?? 0) > (typed?.length ?? 0) ? open : typed;
  const isEnglish = (english?.length ?? 0) >= (foreign?.length ?? 0);
  const found = isEnglish ? english : foreign;
  if (!found) return undefined;
  const { meaning, length } = found;
  const shown = raw
    .slice(index, index + length)
    .map(({ text }) => text)
    .join(" ");
  const at = raw[index]?.at ?? 0;
  return { length, meanings: isEnglish ? [{ meaning, shown, at }] : fromEnglish(meaning, shown, at) };
}

const openPhrasesFrom = remembered(
  (word: string): readonly OpenPhrase[] => dictionary().openPhrases.get(openingOf(word)) ?? [],
);

/** The longest phrase in a language that bends its words: "резервной копии". */
function longestOpenPhrase(wordAt: (place: number) => string | undefined): FoundPhrase | undefined {
  let longest: FoundPhrase | undefined;
  for (const { words, meaning } of openPhrasesFrom(wordAt(0) ?? "")) {
    const isSaid = words.every(({ text, isOpen }, place) =>
      isOpen ? wordAt(place)?.startsWith(text) : wordAt(place) === text,
    );
    if (isSaid && words.length > (longest?.length ?? 0)) longest = { meaning, length: words.length };
  }
  return longest;
}

/** "migration-file" is what a reader of texts calls something, in any language. */
function isName(word: string): boolean {
  return word.includes("-");
}

/** "customerrors", "workload": one English word behind another. */
function isTwoInEnglish(word: string): boolean {
  for (let cut = SHORTEST_OF_TWO; cut <= word.length - SHORTEST_OF_TWO; cut++)
    if (isEnglish(word.slice(0, cut)) && isEnglish(word.slice(cut))) return true;
  return false;
}

function isEnglish(word: string): boolean {
  return dictionary().english.has(stem(word));
}

/** Words that hold an English sentence together, and no word of another language. */
function saysSoInEnglish(raw: readonly RawWord[]): boolean {
  const { functionWords, translations } = dictionary();
  const holds = ({ text }: RawWord): boolean => text.length >= SHORTEST_ENGLISH && functionWords.has(text);
  return raw.some(holds) && !raw.some(({ text }) => !isEnglish(text) && translations.has(text));
}

/** What a word means that is no part of a phrase, in a text of any language; where it stands does not matter. */
const anywhere = remembered((word: string): readonly Meaning[] => {
  const isForeign = !isEnglish(word) && !isName(word) && !isTwoInEnglish(word);
  const parts =
    isForeign && !isWithoutBlanks(word) && !dictionary().translations.has(word)
      ? (byBeginning(word) ?? inCompound(word))
      : undefined;
  return parts === undefined ? alone(word) : fromEnglish(parts, word, 0);
});

/** As `anywhere`, but for words that are foreign by their beginning alone. */
const alone = remembered((word: string): readonly Meaning[] => {
  const known = dictionary().synonyms.get(stem(word));
  if (known !== undefined) return [{ meaning: known, shown: word, at: 0 }];
  const isForeign = !isEnglish(word);
  const translation = isForeign ? dictionary().translations.get(word) : undefined;
  if (translation !== undefined) return fromEnglish(translation, word, 0);
  if (isWithoutBlanks(word)) return segments(word, 0);
  return [{ meaning: stem(word), shown: word, at: 0 }];
});

/** As `alone`, of a word that is English for certain. */
const inEnglish = remembered((word: string): readonly Meaning[] => [
  { meaning: dictionary().synonyms.get(stem(word)) ?? stem(word), shown: word, at: 0 },
]);

/** A translation is English text: its phrases mean what they mean in English. */
function fromEnglish(english: string, shown: string, at: number): Meaning[] {
  const words = rawWords(english).map((word) => ({ ...word, at }));
  return meaningsOf(words, false).map(({ meaning }) => ({ meaning, shown, at, isTranslated: true }));
}

function byBeginning(word: string): string | undefined {
  const { beginnings } = dictionary();
  for (let length = word.length; length >= 2; length--) {
    const found = beginnings.get(word.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** German and Scandinavian write two words as one: "Datenbankverbindung". */
function inCompound(word: string): string | undefined {
  for (let cut = 4; cut <= word.length - 4; cut++) {
    const first = byWhole(word.slice(0, cut));
    if (first === undefined) continue;
    const rest = word.slice(cut);
    const second = byWhole(rest) ?? byWhole(rest.replace(/^(?:s|en|n|e)/, ""));
    // "Workload" is one English word.
    if (second !== undefined && !(isEnglish(word.slice(0, cut)) && isEnglish(rest)))
      return `${first} ${second}`;
  }
  return undefined;
}

function byWhole(word: string): string | undefined {
  if (word.length < 4) return undefined;
  return dictionary().translations.get(word) ?? byBeginning(word) ?? (isEnglish(word) ? word : undefined);
}

/** The longest known words in a run of characters; what lies between them is a word of its own. */
function segments(text: string, at: number): Meaning[] {
  const { characters, longestCharacters } = dictionary();
  const found: Meaning[] = [];
  let unknown = "";
  const addUnknown = (): void => {
    if (unknown !== "") found.push({ meaning: unknown, shown: unknown, at });
    unknown = "";
  };
  for (let index = 0; index < text.length; ) {
    let length = Math.min(longestCharacters, text.length - index);
    while (length > 0 && !characters.has(text.slice(index, index + length))) length -= 1;
    if (length === 0) {
      unknown += text[index];
      index += 1;
      continue;
    }
    addUnknown();
    const piece = text.slice(index, index + length);
    found.push(...fromEnglish(characters.get(piece) ?? "", piece, at));
    index += length;
  }
  addUnknown();
  return found;
}
