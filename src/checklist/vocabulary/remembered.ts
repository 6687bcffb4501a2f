/** More than any list says; past it, all is forgotten, so that no list fills the memory. */
const MOST_WORDS = 20_000;
/** A list that goes through several environments says its lines again within so many. */
export const MOST_LINES = 1_000;

/** `read` that answers from memory what it was asked before: lists say the same words again and again. */
export function remembered<Word, Found>(
  read: (word: Word) => Found,
  most = MOST_WORDS,
): (word: Word) => Found {
  const known = new Map<Word, Found>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const fresh = read(word);
    known.set(word, fresh);
    return fresh;
  };
}

/** As `remembered`, of what is asked for by more than a word: `keyOf` tells one from another. */
export function rememberedBy<Asked, Found>(
  keyOf: (asked: Asked) => string,
  read: (asked: Asked) => Found,
): (asked: Asked) => Found {
  const known = new Map<string, { readonly found: Found }>();
  return (asked) => {
    const key = keyOf(asked);
    const last = known.get(key);
    if (last) return last.found;
    if (known.size >= MOST_WORDS) known.clear();
    const found = read(asked);
    known.set(key, { found });
    return found;
  };
}

/**
 * As `remembered`, for lines of a checklist below what stands above them: the same line where a list goes through
 * several environments. Of each text the last one is kept.
 */
export function rememberedBelow<
  Line extends { readonly text: string; readonly path: readonly string[] },
  Found,
>(read: (line: Line) => Found): (line: Line) => Found {
  const known = new Map<string, { readonly path: readonly string[]; readonly found: Found }>();
  return (line) => {
    const last = known.get(line.text);
    if (last && isSame(last.path, line.path)) return last.found;
    if (known.size >= MOST_LINES) known.clear();
    const found = read(line);
    known.set(line.text, { path: line.path, found });
    return found;
  };
}

/** `read` that need not read again what it read last: lines below one heading follow each other. */
export function rememberedLast<Found>(
  read: (steps: readonly string[]) => Found,
): (steps: readonly string[]) => Found {
  let last: { readonly steps: readonly string[]; readonly found: Found } | undefined;
  return (steps) => {
    if (!last || !isSame(last.steps, steps)) last = { steps, found: read(steps) };
    return last.found;
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = one.length - 1; at >= 0; at--) if (one[at] !== other[at]) return false;
  return true;
}
