/** Phrases by their words, one word after the other. */
export interface PhraseTree {
  /** What the words so far mean, where they are a phrase. */
  meaning?: string;
  readonly next: Map<string, PhraseTree>;
}

/** Of phrases of two words or more, with blanks between; those of more than `longest` words are left out. */
export function phraseTree(phrases: Iterable<readonly [string, string]>, longest: number): PhraseTree {
  const root: PhraseTree = { next: new Map() };
  for (const [phrase, meaning] of phrases) {
    const words = phrase.split(" ");
    if (words.length < 2 || words.length > longest) continue;
    let at = root;
    for (const word of words) {
      const known = at.next.get(word);
      const next = known ?? { next: new Map() };
      if (!known) at.next.set(word, next);
      at = next;
    }
    at.meaning = meaning;
  }
  return root;
}
