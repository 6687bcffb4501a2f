import { dictionary, pairOf } from "./dictionary.ts";
import { isEnglish, type KnownWord, knownWord } from "./known-word.ts";
import { longestPhrase } from "./phrases.ts";
import { remembered } from "./remembered.ts";
import { isWithoutBlanks, type RawWord, rawWords } from "./word-forms.ts";

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
  const words = raw.map(({ text, kind }) => (kind === "variable" ? undefined : knownWord(text)));
  const aloneIn = !translate ? inEnglish : saysSoInEnglish(words) ? alone : anywhere;
  for (let index = 0; index < raw.length; ) {
    const { text, at, kind } = raw[index] as RawWord;
    const known = words[index];
    if (!known) {
      found.push({ meaning: "variable-name", shown: text.toUpperCase(), at });
      found.push(...nameParts(text, at));
      index += 1;
      continue;
    }
    const phrase = longestPhrase(words, index, translate);
    if (phrase) {
      const { meaning, length, isEnglish } = phrase;
      const shown = raw.slice(index, index + length).map((each) => each.text);
      if (isEnglish) found.push({ meaning, shown: shown.join(" "), at });
      else found.push(...fromEnglish(meaning, shown.join(" "), at));
      index += length;
      continue;
    }
    const isPart = kind === "path";
    for (const { meaning, shown, isTranslated } of aloneIn(known))
      found.push({ meaning, shown, at, isPart, isTranslated });
    index += 1;
  }
  return translate ? joined(found) : found;
}

/** Words of another language that are one thing in English: "monitoreo de errores" is error monitoring. */
function joined(found: Meaning[]): Meaning[] {
  if (!found.some(({ isTranslated }) => isTranslated === true)) return found;
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

function nameParts(name: string, at: number): Meaning[] {
  const parts = name
    .split("_")
    .filter((part) => part !== "variable" && part !== "name")
    .map((text): RawWord => ({ text, at, kind: "word" }));
  return meaningsOf(parts).map((each) => ({ ...each, isPart: true }));
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

/** Words that hold an English sentence together, and no word of another language. */
function saysSoInEnglish(words: readonly (KnownWord | undefined)[]): boolean {
  let holds = false;
  for (const word of words) {
    if (!word) continue;
    if (!word.isEnglish && word.translation !== undefined) return false;
    holds ||= word.holdsEnglish;
  }
  return holds;
}

/** What is longer is no word but a picture or a key, and would be looked up letter by letter. */
const LONGEST_WORD = 80;

/** What a word means that is no part of a phrase, in a text of any language; where it stands does not matter. */
const anywhere = remembered((known: KnownWord): readonly Meaning[] => {
  const { text: word, translation } = known;
  const isForeign = !known.isEnglish && !isName(word) && !isTwoInEnglish(word);
  const parts =
    isForeign && !isWithoutBlanks(word) && translation === undefined && word.length <= LONGEST_WORD
      ? (byBeginning(word) ?? inCompound(word))
      : undefined;
  return parts === undefined ? alone(known) : fromEnglish(parts, word, 0);
});

/** As `anywhere`, but for words that are foreign by their beginning alone. */
const alone = remembered(({ text: shown, stem, isEnglish, translation }: KnownWord): readonly Meaning[] => {
  const known = dictionary().synonyms.get(stem);
  if (known !== undefined) return [{ meaning: known, shown, at: 0 }];
  if (!isEnglish && translation !== undefined) return fromEnglish(translation, shown, 0);
  if (isWithoutBlanks(shown)) return segments(shown, 0);
  return [{ meaning: stem, shown, at: 0 }];
});

/** As `alone`, of a word that is English for certain. */
const inEnglish = remembered(({ text: shown, stem }: KnownWord): readonly Meaning[] => [
  { meaning: dictionary().synonyms.get(stem) ?? stem, shown, at: 0 },
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
