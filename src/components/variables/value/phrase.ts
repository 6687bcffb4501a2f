/**
 * Bits of a letter after another within a word of English, and of going on at all: row by the first, a to z, column by
 * the second. From some 70,000 different words of documents like ours, each by the root of how often it came.
 */
const PAIRS: readonly string[] = [
  "95459759597464959443678969",
  "39983997469379499558499969",
  "49694994594599399574599979",
  "47962869499677479648599969",
  "57546779799564868335867689",
  "49894499599299599399485499",
  "59982965499695499457499999",
  "37982999499778399674799979",
  "67555659998553479644969897",
  "39972999799999378949496998",
  "58972799499596599745588989",
  "48953899389499489956689959",
  "36872999499768449968699989",
  "59544639598886589943769979",
  "76558669796553659355465879",
  "49974986599479459355699979",
  "79999998999499999999199999",
  "49662879497766499655679969",
  "59593995496778568843597979",
  "49793984399699479546698969",
  "65565869599453859344999999",
  "39992999399999599998899999",
  "39993993499694479548996999",
  "49593997499969829983999569",
  "55684979699645449734996997",
  "39992799599797499959699977",
];
const FIRST_LETTER = 6;
const SEPARATOR = 4;
const ANYTHING = 8;
/** Bits by which words have to explain a text better: of 600,000 random ones of many alphabets none was taken for words. */
const MARGIN = 20;
/** Of a word of the lists that passphrases are thrown from (EFF: 7,776 words). */
const WORD_BITS = Math.log2(7_776);

/** Of a word, where none ends visibly. */
const LETTERS = 6;

export interface Phrase {
  readonly words: number;
  /** Words as if each had been drawn from a list, and what stands beside them. */
  readonly bits: number;
}

/** A text that is told more shortly as words than as random characters, of `randomBits` were it that; else undefined. */
export function phraseIn(text: string, randomBits: number): Phrase | undefined {
  // Random letters of one case read less like words than any other random text does.
  const margin = /^([a-z]+|[A-Z]+)$/.test(text) ? 0 : MARGIN;
  if (wordBits(text) > randomBits - margin) return undefined;
  const runs = text.match(/[A-Z]?[a-z]{3,}|[A-Z]{3,}/g) ?? [];
  const beside = text.replace(/[-_. ]/g, "").length - runs.join("").length;
  const words = runs.reduce((sum, { length }) => sum + Math.max(1, Math.round(length / LETTERS)), 0);
  return { words, bits: words * WORD_BITS + beside * Math.log2(10) };
}

/** Bits of a text under the supposition that it is words; a code by which every text has some. */
function wordBits(text: string): number {
  let bits = 0;
  let before = "";
  for (const character of text) {
    bits += bitsAfter(before, character);
    before = character;
  }
  return bits;
}

function bitsAfter(before: string, character: string): number {
  const isLetter = /[A-Za-z]/.test(character);
  const afterLetter = /[A-Za-z]/.test(before);
  if (!afterLetter) return isLetter ? FIRST_LETTER : ANYTHING;
  if (!isLetter) return /[-_. ]/.test(character) ? SEPARATOR : ANYTHING;
  const goesOn = /[a-z]/.test(character) || /[A-Z]/.test(before);
  return goesOn ? Number(PAIRS[indexOf(before)]?.[indexOf(character)] ?? ANYTHING) : ANYTHING;
}

function indexOf(letter: string): number {
  return letter.toLowerCase().charCodeAt(0) - 97;
}
