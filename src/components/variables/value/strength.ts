import { phraseIn } from "./phrase.ts";

/**
 * Bits of a key that nobody guesses, at the least: what NIST SP 800-131A (rev. 2) asks of a key of an HMAC or a cipher,
 * and SP 800-63B of what passwords are peppered with. A random UUID has 122, nanoid's usual length 126.
 */
export const WANTED_BITS = 112;
/** As Django's check security.W009. */
const DJANGO = { characters: 50, distinct: 5, prefix: "django-insecure-" } as const;

const WORDS =
  /(password|passwort|passwd|secret|changeme|default|production|staging|development|example|supersecret|keyboard|letmein|welcome|qwerty|azerty|please|random|string|insecure)/i;
/** Six digits in a row come by chance in one of some 20,000 random keys, so what stands beside them counts. */
const DIGIT_RUNS = /abcdef|123456|654321|000000|111111/gi;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Random bits of each version of RFC 9562; the others are made of time, address or name. */
const UUID_BITS: Readonly<Record<string, number>> = { 4: 122, 7: 74 };
const ALPHABETS: readonly (readonly [RegExp, number])[] = [
  [/^\d+$/, 10],
  [/^[0-9a-f]+$|^[0-9A-F]+$/, 16],
  [/^[a-z]+$|^[A-Z]+$/, 26],
  [/^[a-z0-9]+$|^[A-Z0-9]+$/, 36],
  [/^[A-Za-z0-9]+$/, 62],
  [/^[A-Za-z0-9+/_=-]+$/, 64],
];

export type Weakness =
  | { readonly kind: "short"; readonly bits: number; readonly characters: number }
  | { readonly kind: "repetitive"; readonly distinct: number }
  | { readonly kind: "word" }
  | { readonly kind: "phrase"; readonly bits: number; readonly words: number }
  | { readonly kind: "sequence" }
  | { readonly kind: "generated in development" }
  | { readonly kind: "short for Django"; readonly characters: number };

/** What makes a secret guessable; undefined when nothing was found. */
export function weaknessOf(
  text: string,
  options: { readonly wantedBits?: number; readonly django?: boolean } = {},
): Weakness | undefined {
  const value = text.trim();
  const distinct = new Set(value).size;
  if (value.startsWith(DJANGO.prefix)) return { kind: "generated in development" };
  if (distinct < DJANGO.distinct || isRepetitive(value)) return { kind: "repetitive", distinct };
  if (isSequence(value)) return { kind: "sequence" };
  if (WORDS.test(value)) return { kind: "word" };
  if (options.django && value.length < DJANGO.characters) {
    return { kind: "short for Django", characters: value.length };
  }
  const wanted = options.wantedBits ?? WANTED_BITS;
  const beside = value.replace(DIGIT_RUNS, "");
  if (beside !== value && estimateBits(beside) < wanted) return { kind: "word" };
  const bits = Math.floor(estimateBits(value));
  if (bits < wanted) return { kind: "short", bits, characters: value.length };
  const phrase = phraseIn(value, bits);
  if (phrase && phrase.bits < wanted)
    return { kind: "phrase", bits: Math.floor(phrase.bits), words: phrase.words };
  return undefined;
}

/** Bits to be guessed, at most: characters times those of the smallest alphabet that holds them all. */
export function estimateBits(value: string): number {
  const version = UUID.exec(value)?.[1];
  if (version !== undefined) return UUID_BITS[version] ?? 0;
  const alphabet = ALPHABETS.find(([pattern]) => pattern.test(value))?.[1] ?? 94;
  return value.replace(/=+$/, "").length * Math.log2(alphabet);
}

/** The start of random text hardly ever shows the same three characters twice; only of much more must it repeat. */
function isRepetitive(value: string): boolean {
  if (value.length < 12) return false;
  const start = value.slice(0, 128);
  const seen = new Set<string>();
  for (let at = 0; at + 3 <= start.length; at++) seen.add(start.slice(at, at + 3));
  return seen.size / (start.length - 2) < 0.7;
}

/** "0123456789abcdef", "000102030405": characters or bytes of which each is as far from the last. */
function isSequence(value: string): boolean {
  const bytes = /^([0-9a-f]{2})+$/i.test(value) ? [...Buffer.from(value, "hex")] : [];
  return isEvenlySpaced([...value].map((each) => each.charCodeAt(0))) || isEvenlySpaced(bytes);
}

function isEvenlySpaced(numbers: readonly number[]): boolean {
  if (numbers.length < 8) return false;
  const steps = numbers.slice(1).map((each, index) => (each - (numbers[index] ?? 0)) & 0xff);
  const [most = 0] = [...Map.groupBy(steps, (step) => step).values()]
    .map(({ length }) => length)
    .toSorted((a, b) => b - a);
  return most / steps.length > 0.6;
}
