import { type Answerer, type AskIndex, FILLER_WEIGHT, type Phrase } from "./ask-index.ts";
import { dictionary } from "./vocabulary/dictionary.ts";
import { rivalsOf } from "./vocabulary/rivals.ts";
import { readWords, type Word } from "./words.ts";

/** A line as the binder sees it. */
export interface BindingLine {
  readonly text: string;
  /** Headings and parents above it, the nearest last. */
  readonly path: readonly string[];
}

export interface Candidate {
  readonly answerer: Answerer;
  /** 0 to 1: how surely the line asks for this. */
  readonly confidence: number;
  /** The way of asking that fits best. */
  readonly asked: string;
  readonly phrase: Phrase;
  /** Words of the line and of what stands above it that led there. */
  readonly matched: readonly MatchedWord[];
  /** Words of the line that this way of asking leaves open. */
  readonly open: readonly string[];
}

export interface MatchedWord {
  readonly shown: string;
  readonly meaning: string;
  readonly from: "line" | "heading";
}

/** How much a word counts that stands in the nearest heading or parent, the one above it, and so on. */
const ABOVE = [0.75, 0.5, 0.3];
/** What is missing of an ask weighs heavier than what it leaves open of the line. */
const COVERAGE_POWER = 2;
const EXPLAINED_POWER = 0.7;
/** Of a word that stands in no ask at all. */
const UNKNOWN_WEIGHT = 0.75;
const PEOPLE_WEIGHT = 1.6;
const PRODUCT_WEIGHT = 0.7;
/** A word the answerer knows, though not in this way of asking. */
const FAMILIAR = 0.65;
const LONE_WORD = 0.15;

export interface ReadLine {
  readonly own: readonly Word[];
  readonly above: ReadonlyMap<string, { readonly weight: number; readonly shown: string }>;
}

export function createReader(): (line: BindingLine) => ReadLine {
  const headings = new Map<string, Word[]>();
  const wordsOf = (text: string): Word[] => {
    const known = headings.get(text);
    if (known) return known;
    const words = readWords(text);
    headings.set(text, words);
    return words;
  };
  return ({ text, path }) => {
    const above = new Map<string, { weight: number; shown: string }>();
    for (const [distance, step] of path.toReversed().slice(0, ABOVE.length).entries()) {
      for (const { meaning, shown, role } of wordsOf(step)) {
        if (role !== "filler" && !above.has(meaning))
          above.set(meaning, { weight: ABOVE[distance] ?? 0, shown });
      }
    }
    return { own: readWords(text), above };
  };
}

/** Everything that could answer a line, the surest first. */
export function candidatesFor(line: ReadLine, index: AskIndex): Candidate[] {
  const own = ownWeights(line.own);
  const best = new Map<Answerer, Candidate>();
  for (const phrase of phrasesFor(line, own, index)) {
    const candidate = judge(phrase, { line, own, index });
    const known = candidate && best.get(phrase.answerer);
    if (candidate && (!known || candidate.confidence > known.confidence))
      best.set(phrase.answerer, candidate);
  }
  return [...best.values()].sort(
    (a, b) => b.confidence - a.confidence || (a.answerer.id < b.answerer.id ? -1 : 1),
  );
}

function ownWeights(words: readonly Word[]): Map<string, Word> {
  const own = new Map<string, Word>();
  for (const word of words) {
    const known = own.get(word.meaning);
    if (!known || known.weight < word.weight) own.set(word.meaning, word);
  }
  return own;
}

/** Only phrases that share a word with the line itself are worth judging. */
function phrasesFor(_line: ReadLine, own: ReadonlyMap<string, Word>, index: AskIndex): Set<Phrase> {
  const phrases = new Set<Phrase>();
  for (const meaning of own.keys()) for (const phrase of index.phrasesWith(meaning)) phrases.add(phrase);
  return phrases;
}

function judge(
  phrase: Phrase,
  { line, own, index }: { line: ReadLine; own: ReadonlyMap<string, Word>; index: AskIndex },
): Candidate | undefined {
  let covered = 0;
  let coveredByLine = 0;
  const matched: MatchedWord[] = [];
  for (const meaning of phrase.meanings) {
    const weight = index.weightOf(meaning) ?? 0;
    const word = own.get(meaning);
    const above = line.above.get(meaning);
    const said = word ? saidBy(word) : 0;
    const share = Math.max(said, above?.weight ?? 0);
    if (share === 0) continue;
    covered += weight * share;
    coveredByLine += weight * said;
    if (weight > FILLER_WEIGHT) {
      matched.push({
        meaning,
        shown: word?.shown ?? above?.shown ?? meaning,
        from: word ? "line" : "heading",
      });
    }
  }
  if (coveredByLine < 0.3 * phrase.weight) return undefined;
  const { explained, open } = explain(phrase, { line, own, index });
  const fillers = phrase.fillers.filter((meaning) => own.has(meaning)).length;
  const coverage =
    (covered + fillers * phrase.fillerWeight) / (phrase.weight + phrase.fillers.length * phrase.fillerWeight);
  const closeness =
    1 - leastMet(phrase) * (phrase.fillers.length === 0 ? 0 : 1 - fillers / phrase.fillers.length);
  const confidence = Math.min(1, coverage) ** COVERAGE_POWER * explained ** EXPLAINED_POWER * closeness;
  return { answerer: phrase.answerer, confidence, asked: phrase.text, phrase, matched, open };
}

/** "All links work" and "add links": with one telling word, the fillers have to speak for it too. */
function leastMet({ meanings }: Phrase): number {
  return meanings.length === 1 ? LONE_WORD : 0.03;
}

/** A word in parentheses asks as well as any; one in a condition hardly does. */
function saidBy({ weight, isImplied }: Word): number {
  const said = weight < 0.3 ? 0.5 : 0.8 + 0.2 * weight;
  return isImplied ? 0.9 * said : said;
}

/** How much of the line this way of asking accounts for, and the words it does not. */
function explain(
  { answerer, meanings }: Phrase,
  { line, own, index }: { line: ReadLine; own: ReadonlyMap<string, Word>; index: AskIndex },
): { explained: number; open: string[] } {
  const vocabulary = index.vocabularyOf(answerer);
  const rivals = rivalsOf(answerer.kinds);
  const open: string[] = [];
  let whole = 0;
  let known = 0;
  for (const { meaning, role, shown, weight: prominence, isPart, isImplied } of own.values()) {
    const isRival = rivals.has(meaning);
    if (isImplied || (isPart && !isRival && !meanings.includes(meaning))) continue;
    const weight = prominence * (isRival ? 4 : weightInLine(meaning, role, index));
    const isMet = meanings.includes(meaning) || impliesOneOf(meaning, meanings);
    const credit = isMet ? 1 : vocabulary.has(meaning) ? FAMILIAR : 0;
    whole += weight;
    known += weight * credit;
    if (credit === 0 && role !== "filler") open.push(shown);
  }
  for (const [meaning, { weight, shown }] of line.above) {
    if (!rivals.has(meaning) || own.has(meaning)) continue;
    whole += 3 * weight;
    open.push(shown);
  }
  return { explained: whole === 0 ? 0 : known / whole, open };
}

function impliesOneOf(meaning: string, meanings: readonly string[]): boolean {
  return (
    dictionary()
      .broader.get(meaning)
      ?.some((each) => meanings.includes(each)) ?? false
  );
}

function weightInLine(meaning: string, role: Word["role"], index: AskIndex): number {
  if (role === "filler") return FILLER_WEIGHT / 2;
  if (role === "people") return PEOPLE_WEIGHT;
  if (role === "product") return PRODUCT_WEIGHT;
  return index.weightOf(meaning) ?? UNKNOWN_WEIGHT;
}
