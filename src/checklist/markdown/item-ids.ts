const MOST_WORDS = 10;
const MOST_CHARACTERS = 80;

/** "support-team-trained": the words of a text in lower case, accents taken off, other scripts as they are. */
export function slugOf(text: string): string {
  const words = /^\p{ASCII}*$/u.test(text) ? asciiWords(text) : wordsOf(text);
  return words.slice(0, MOST_WORDS).join("-").slice(0, MOST_CHARACTERS).replace(/-$/, "");
}

function wordsOf(text: string): string[] {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** The same for most texts there are, in a fraction of the time. */
function asciiWords(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/**
 * Gives each line an id that does not depend on where it stands: its words. A line with the same words further down
 * gets those of what stands above it, and only then a number.
 */
export function createIds(): (text: string, above: string | undefined) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const take = (id: string): string => {
    taken.add(id);
    return id;
  };
  return (text, above) => {
    const slug = slugOf(text) || "item";
    if (!taken.has(slug)) return take(slug);
    const placed = [slug, slugOf(above ?? "")].filter((part) => part !== "").join("-");
    if (!taken.has(placed)) return take(placed);
    for (let count = counts.get(placed) ?? 2; ; count++) {
      if (taken.has(`${placed}-${count}`)) continue;
      counts.set(placed, count + 1);
      return take(`${placed}-${count}`);
    }
  };
}
