import { dictionary, LONGEST_PHRASE, openingOf, pairOf } from "./dictionary.ts";
import { remembered } from "./remembered.ts";
import { isWithoutBlanks, type RawWord, rawWords, stem } from "./word-forms.ts";

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
    for (const { meaning, shown, isTranslated } of translate ? alone(word.text) : inEnglish(word.text))
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
  const { synonyms, translations } = dictionary();
  const { text = "", at = 0 } = raw[index] ?? {};
  for (let length = mostWords(raw, index, longestFrom(text)); length > 1; length--) {
    const words = raw.slice(index, index + length);
    const shown = words.map((word) => word.text).join(" ");
    const english = synonyms.get(words.map((word) => stem(word.text)).join(" "));
    if (english !== undefined) return { meanings: [{ meaning: english, shown, at }], length };
    if (!translate) continue;
    const translated = translations.get(shown) ?? openPhrase(words);
    if (translated !== undefined) return { meanings: fromEnglish(translated, shown, at), length };
  }
  return undefined;
}

/** How many words a phrase may have that begins with this one: 1 where none does. */
const longestFrom = remembered((word: string): number => {
  const { lengths, openPhrases } = dictionary();
  const open = openPhrases.get(openingOf(word))?.map(({ words }) => words.length) ?? [];
  const longest = Math.max(1, lengths.get(word) ?? 1, lengths.get(stem(word)) ?? 1, ...open);
  return Math.min(LONGEST_PHRASE, longest);
});

/** How many words from here on may make a phrase: no variable is in one. */
function mostWords(raw: readonly RawWord[], index: number, longest: number): number {
  let most = 1;
  while (most < longest && raw[index + most] && raw[index + most]?.kind !== "variable") most += 1;
  return most;
}

/** A phrase in a language that bends its words: "резервной копии". */
function openPhrase(typed: readonly RawWord[]): string | undefined {
  return dictionary()
    .openPhrases.get(openingOf(typed[0]?.text ?? ""))
    ?.find(
      ({ words }) =>
        words.length === typed.length &&
        words.every(({ text, isOpen }, at) =>
          isOpen ? typed[at]?.text.startsWith(text) : typed[at]?.text === text,
        ),
    )?.meaning;
}

function isEnglish(word: string): boolean {
  return dictionary().english.has(stem(word));
}

/** What a word means that is no part of a phrase; where it stands does not matter. */
const alone = remembered((word: string): readonly Meaning[] => {
  const known = dictionary().synonyms.get(stem(word));
  if (known !== undefined) return [{ meaning: known, shown: word, at: 0 }];
  const isForeign = !isEnglish(word);
  const translation = isForeign ? dictionary().translations.get(word) : undefined;
  if (translation !== undefined) return fromEnglish(translation, word, 0);
  if (isWithoutBlanks(word)) return segments(word, 0);
  const parts = isForeign ? (byBeginning(word) ?? inCompound(word)) : undefined;
  return parts === undefined ? [{ meaning: stem(word), shown: word, at: 0 }] : fromEnglish(parts, word, 0);
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
