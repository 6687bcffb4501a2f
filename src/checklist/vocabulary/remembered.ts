/** More than any list says; past it, all is forgotten, so that no list fills the memory. */
const MOST_KNOWN = 20_000;

/**
 * `read` that answers from memory what it was asked before: lists say the same words again and again, and the same
 * lines where they go through several environments. `keyOf` tells what was asked apart.
 */
export function remembered<Found, Asked = string>(
  read: (asked: Asked) => Found,
  keyOf: (asked: Asked) => string = String,
): (asked: Asked) => Found {
  const known = new Map<string, Found>();
  return (asked) => {
    const key = keyOf(asked);
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST_KNOWN) known.clear();
    const fresh = read(asked);
    known.set(key, fresh);
    return fresh;
  };
}
