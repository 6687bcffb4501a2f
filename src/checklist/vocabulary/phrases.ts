import type { KnownWord } from "./known-word.ts";
import type { PhraseTree } from "./phrase-tree.ts";

/** Words of a text; undefined for a variable, which is in no phrase. */
export type PhraseWords = readonly (KnownWord | undefined)[];

export interface SaidPhrase {
  readonly meaning: string;
  /** In words. */
  readonly length: number;
  /** Else its meaning is English text, to be read in turn. */
  readonly isEnglish: boolean;
}

/** The longest phrase of two words or more that begins at a word, in English before other languages. */
export function longestPhrase(words: PhraseWords, from: number, translate: boolean): SaidPhrase | undefined {
  const first = words[from];
  if (!first) return undefined;
  const english = first.english && longestIn(first.english, "stem", { words, from });
  if (!translate) return english;
  const typed = first.foreign && longestIn(first.foreign, "text", { words, from });
  const open = first.open.length > 0 ? longestOpen({ words, from }) : undefined;
  const foreign = (open?.length ?? 0) > (typed?.length ?? 0) ? open : typed;
  return (english?.length ?? 0) >= (foreign?.length ?? 0) ? english : foreign;
}

interface Place {
  readonly words: PhraseWords;
  readonly from: number;
}

/** `tree` is what follows the first word. */
function longestIn(tree: PhraseTree, by: "stem" | "text", { words, from }: Place): SaidPhrase | undefined {
  let at: PhraseTree = tree;
  let meaning: string | undefined;
  let length = 1;
  for (let place = 1; at.next.size > 0; place++) {
    const word = words[from + place];
    const next = word && at.next.get(word[by]);
    if (!next) break;
    at = next;
    if (at.meaning === undefined) continue;
    meaning = at.meaning;
    length = place + 1;
  }
  return meaning === undefined ? undefined : { meaning, length, isEnglish: by === "stem" };
}

/** The longest phrase in a language that bends its words: "резервной копии". */
function longestOpen({ words, from }: Place): SaidPhrase | undefined {
  let longest: SaidPhrase | undefined;
  for (const { words: wanted, meaning } of words[from]?.open ?? []) {
    if (wanted.length <= (longest?.length ?? 0)) continue;
    const isSaid = wanted.every(({ text, isOpen }, place) => {
      const said = words[from + place]?.text;
      return isOpen ? said?.startsWith(text) : said === text;
    });
    if (isSaid) longest = { meaning, length: wanted.length, isEnglish: false };
  }
  return longest;
}
