/** More than any list says; past it, all is forgotten, so that no list fills the memory. */
const MOST_KNOWN = 20_000;

/** `read` that answers from memory what it was asked before: lists say the same words again and again. */
export function remembered<Found>(read: (word: string) => Found): (word: string) => Found {
  const known = new Map<string, Found>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    if (known.size >= MOST_KNOWN) known.clear();
    const fresh = read(word);
    known.set(word, fresh);
    return fresh;
  };
}
