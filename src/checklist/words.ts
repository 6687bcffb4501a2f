import { dictionary, LONGEST_PHRASE } from "./vocabulary/dictionary.ts";
import { isWithoutBlanks, type RawWord, rawWords, stem } from "./vocabulary/word-forms.ts";

export type Role = "content" | "filler" | "people" | "product";

/** What a word or phrase of a line means, in whatever language it is written. */
export interface Word {
  /** The same for all that mean the same: "rate-limit". */
  readonly meaning: string;
  readonly role: Role;
  /** As it stands in the line, for people. */
  readonly shown: string;
  /** How much it says of the line: less in parentheses, in conditions and after the first sentence. */
  readonly weight: number;
}

/** How many words of a line are read; what is further back is prose. */
const MOST_WORDS = 80;
const IN_PARENTHESES = 0.45;
const CONDITIONAL = 0.25;
const LATER_SENTENCE = 0.35;
/** "JWT_SECRET" speaks of a secret too, but mostly of a variable. */
const PART_OF_NAME = 0.6;

/** The words of a line, in order. */
export function readWords(text: string): Word[] {
  const weightAt = createWeights(text);
  const raw = rawWords(text.slice(0, 4000), (path) => dictionary().synonyms.has(path)).slice(0, MOST_WORDS);
  return meaningsOf(raw).map(({ meaning, shown, at, part }) => ({
    meaning,
    role: roleOf(meaning),
    shown,
    weight: weightAt(at) * (part ? PART_OF_NAME : 1),
  }));
}

interface Meaning {
  readonly meaning: string;
  readonly shown: string;
  readonly at: number;
  readonly part?: boolean;
}

function meaningsOf(raw: readonly RawWord[]): Meaning[] {
  const found: Meaning[] = [];
  for (let index = 0; index < raw.length; ) {
    const word = raw[index];
    if (!word) break;
    if (word.isVariable) {
      found.push({ meaning: "variable-name", shown: word.text.toUpperCase(), at: word.at });
      found.push(...nameParts(word));
      index += 1;
      continue;
    }
    const phrase = longestPhrase(raw, index);
    if (phrase) {
      found.push(...phrase.meanings);
      index += phrase.length;
      continue;
    }
    found.push(...single(word));
    index += 1;
  }
  return found;
}

function nameParts({ text, at }: RawWord): Meaning[] {
  const parts = text.split("_").map((part) => ({ text: part, at, isVariable: false }));
  return meaningsOf(parts).map((each) => ({ ...each, part: true }));
}

/** The longest phrase that begins here and that the dictionary knows, in English before other languages. */
function longestPhrase(
  raw: readonly RawWord[],
  index: number,
): { meanings: Meaning[]; length: number } | undefined {
  const { synonyms, translations } = dictionary();
  for (let length = Math.min(LONGEST_PHRASE, raw.length - index); length > 0; length--) {
    const words = raw.slice(index, index + length);
    if (words.some((word) => word.isVariable)) continue;
    const shown = words.map(({ text }) => text).join(" ");
    const at = words[0]?.at ?? 0;
    const english = synonyms.get(words.map(({ text }) => stem(text)).join(" "));
    if (english !== undefined) return { meanings: [{ meaning: english, shown, at }], length };
    if (length === 1 && isEnglish(shown)) return undefined;
    const translated = translations.get(shown);
    if (translated !== undefined) return { meanings: fromEnglish(translated, shown, at), length };
  }
  return undefined;
}

function isEnglish(word: string): boolean {
  return dictionary().english.has(stem(word));
}

function single({ text, at }: RawWord): Meaning[] {
  if (isWithoutBlanks(text)) return segments(text, at);
  if (!isEnglish(text)) {
    const translated = byBeginning(text) ?? inCompound(text);
    if (translated !== undefined) return fromEnglish(translated, text, at);
  }
  return [{ meaning: stem(text), shown: text, at }];
}

/** A translation is English text: its phrases mean what they mean in English. */
function fromEnglish(english: string, shown: string, at: number): Meaning[] {
  return meaningsOf(rawWords(english).map((word) => ({ ...word, at }))).map((each) => ({ ...each, shown }));
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
    if (second !== undefined) return `${first} ${second}`;
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

function roleOf(meaning: string): Role {
  const { fillers, people, products } = dictionary();
  if (fillers.has(meaning) || /^\d+$/.test(meaning) || /^[a-z]$/.test(meaning)) return "filler";
  if (people.has(meaning)) return "people";
  return products.has(meaning) ? "product" : "content";
}

const CONDITION =
  /(?<!\p{L})(?:if|when|wenn|falls|sofern|si|se|om|als|jeśli|если|若|如果|optional|unless|eg|e\.g\.|z\.b\.|p\. ?ex\.|por ejemplo|such as)(?!\p{L})/iu;

function createWeights(text: string): (at: number) => number {
  const spans: { from: number; to: number; weight: number }[] = [];
  for (const match of text.matchAll(/[(（[]([^()（）[\]]*)[)）\]]/g)) {
    const weight = CONDITION.test(match[1] ?? "") ? CONDITIONAL : IN_PARENTHESES;
    spans.push({ from: match.index, to: match.index + match[0].length, weight });
  }
  const condition = CONDITION.exec(text);
  if (condition && condition.index > 0)
    spans.push({ from: condition.index, to: text.length, weight: CONDITIONAL });
  const sentence = /[.!?。]\s+(?=\p{Lu}|\p{Script=Han})|\s[—–]\s/u.exec(text.slice(25));
  if (sentence) spans.push({ from: sentence.index + 25, to: text.length, weight: LATER_SENTENCE });
  return (at) =>
    Math.min(1, ...spans.filter(({ from, to }) => from <= at && at < to).map(({ weight }) => weight));
}
