/** Bits an attacker has to guess at the least: 32 bytes. */
export const WANTED_BITS = 256;
/** As Django's check security.W009. */
const DJANGO = { characters: 50, distinct: 5, prefix: "django-insecure-" } as const;

const WORDS =
  /(password|passwort|passwd|secret|changeme|default|production|staging|development|example|supersecret|keyboard|letmein|welcome|qwerty|azerty|please|random|string|insecure|abcdef|123456|654321|000000|111111)/i;
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
  if (WORDS.test(value)) return { kind: "word" };
  if (options.django && value.length < DJANGO.characters) {
    return { kind: "short for Django", characters: value.length };
  }
  const bits = Math.floor(estimateBits(value));
  if (bits < (options.wantedBits ?? WANTED_BITS)) return { kind: "short", bits, characters: value.length };
  return undefined;
}

/** Bits to be guessed, at most: characters times those of the smallest alphabet that holds them all. */
export function estimateBits(value: string): number {
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
