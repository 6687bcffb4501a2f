import { dictionary, LONGEST_PHRASE, openingOf } from "./dictionary.ts";
import { isWithoutBlanks, type RawWord, rawWords, stem } from "./word-forms.ts";

/** What a word means, and where it stands. */
export interface Meaning {
  readonly meaning: string;
  readonly shown: string;
  readonly at: number;
  readonly isPart?: boolean;
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
      const isPart = phrase.length === 1 && word.kind === "path";
      found.push(...phrase.meanings.map((each) => ({ ...each, isPart })));
      index += phrase.length;
      continue;
    }
    const meanings = translate ? single(word) : [{ meaning: stem(word.text), shown: word.text, at: word.at }];
    found.push(...meanings.map((each) => ({ ...each, isPart: word.kind === "path" })));
    index += 1;
  }
  return found;
}

function nameParts({ text, at }: RawWord): Meaning[] {
  const parts = text
    .split("_")
    .filter((part) => part !== "variable" && part !== "name")
    .map((part): RawWord => ({ text: part, at, kind: "word" }));
  return meaningsOf(parts).map((each) => ({ ...each, isPart: true }));
}

/** The longest phrase that begins here and that the dictionary knows, in English before other languages. */
function longestPhrase(
  raw: readonly RawWord[],
  index: number,
  translate: boolean,
): { meanings: Meaning[]; length: number } | undefined {
  const { synonyms, translations, firstWords, openPhrases } = dictionary();
  const first = raw[index];
  if (!first || first.kind === "variable") return undefined;
  const { text, at } = first;
  const isBeginning = firstWords.has(text) || firstWords.has(stem(text)) || openPhrases.has(openingOf(text));
  for (let length = isBeginning ? mostWords(raw, index) : 1; length > 0; length--) {
    const words = length === 1 ? [first] : raw.slice(index, index + length);
    const shown = length === 1 ? text : words.map((word) => word.text).join(" ");
    const stems = length === 1 ? stem(text) : words.map((word) => stem(word.text)).join(" ");
    const english = synonyms.get(stems);
    if (english !== undefined) return { meanings: [{ meaning: english, shown, at }], length };
    if (!translate || (length === 1 && isEnglish(shown))) continue;
    const translated = translations.get(shown);
    if (translated !== undefined) return { meanings: fromEnglish(translated, shown, at), length };
    const open = length > 1 ? openPhrase(words) : undefined;
    if (open !== undefined) return { meanings: fromEnglish(open, shown, at), length };
  }
  return undefined;
}

/** How many words from here on may make a phrase: no variable is in one. */
function mostWords(raw: readonly RawWord[], index: number): number {
  let most = 1;
  while (most < LONGEST_PHRASE && raw[index + most] && raw[index + most]?.kind !== "variable") most += 1;
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

/** Lists say the same words again and again. */
const KNOWN = new Map<string, readonly Meaning[]>();
const MOST_KNOWN = 20_000;

function single({ text, at }: { text: string; at: number }): Meaning[] {
  let known = KNOWN.get(text);
  if (!known) {
    known = translated(text, 0);
    if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
    KNOWN.set(text, known);
  }
  return known.map((meaning) => ({ ...meaning, at }));
}

function translated(text: string, at: number): Meaning[] {
  if (isWithoutBlanks(text)) return segments(text, at);
  if (!isEnglish(text)) {
    const translated = byBeginning(text) ?? inCompound(text);
    if (translated !== undefined) return fromEnglish(translated, text, at);
  }
  return [{ meaning: stem(text), shown: text, at }];
}

/** A translation is English text: its phrases mean what they mean in English. */
function fromEnglish(english: string, shown: string, at: number): Meaning[] {
  const words = rawWords(english).map((word) => ({ ...word, at }));
  return meaningsOf(words, false).map((each) => ({ ...each, shown }));
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
