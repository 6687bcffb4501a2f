import { type Answerer, type AskIndex, FILLER_WEIGHT, type Phrase } from "./ask-index.ts";
import { dictionary } from "./vocabulary/dictionary.ts";
import { isRivalAbove, mayBeRival, rivalsOf } from "./vocabulary/rivals.ts";
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
  /** The line names what is no business of this answerer: another product. */
  readonly isContested: boolean;
}

export interface MatchedWord {
  readonly shown: string;
  readonly meaning: string;
  readonly from: "line" | "heading";
}

/** How much a word counts that stands in the nearest heading or parent, the one above it, and so on. */
const ABOVE = [0.75, 0.5, 0.3];
/** What is missing of an ask weighs heavier than what it leaves open of the line. */
const COVERAGE_POWER = 2.5;
const EXPLAINED_POWER = 1.3;
/** Of a word that stands in no ask at all. */
const UNKNOWN_WEIGHT = 0.75;
const LEAST_UNMET = 0.75;
const PEOPLE_WEIGHT = 1.6;
const PRODUCT_WEIGHT = 0.7;
/** "Index creation < 30 seconds" asks how long, not whether. */
const LIMIT_WEIGHT = 1.6;
/** A word the answerer knows, though not in this way of asking. */
const FAMILIAR = 0.8;
const LONE_WORD = 0.15;
/** Less sure than this is not even worth telling. */
const LEAST_SHOWN = 0.15;

const NO_RIVALS: ReadonlySet<string> = new Set();

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

/** What could answer a line, the surest first; what hardly could is left out. */
export function candidatesFor(line: ReadLine, index: AskIndex): Candidate[] {
  const scene = sceneOf(line, index);
  const best = new Map<Answerer, Judged>();
  for (const phrase of phrasesFor(scene)) {
    const toBeat = best.get(phrase.answerer)?.confidence ?? LEAST_SHOWN;
    const judged = judge(phrase, scene, toBeat);
    if (judged) best.set(phrase.answerer, judged);
  }
  const candidates = [...best].map(
    ([answerer, judged]): Candidate => ({
      ...judged,
      answerer,
      asked: judged.phrase.text,
      matched: matchedWords(judged.phrase, scene),
    }),
  );
  return candidates.sort((a, b) => b.confidence - a.confidence || (a.answerer.id < b.answerer.id ? -1 : 1));
}

type Judged = Pick<Candidate, "confidence" | "phrase" | "open" | "isContested">;

interface Scene {
  readonly line: ReadLine;
  readonly own: ReadonlyMap<string, Word>;
  /** Of its own words, what has to be accounted for. */
  readonly telling: readonly Telling[];
  /** Of what stands above, what may be another's business. */
  readonly disputed: readonly { readonly meaning: string; readonly weight: number; readonly shown: string }[];
  readonly index: AskIndex;
}

/** A word with all that does not depend on the ask it is held against. */
interface Telling extends Word {
  readonly whenKnown: number;
  readonly whenNot: number;
  readonly broader: readonly string[];
}

function sceneOf(line: ReadLine, index: AskIndex): Scene {
  const own = ownWeights(line.own);
  const { broader } = dictionary();
  const telling = [...own.values()]
    .filter(({ isImplied }) => !isImplied)
    .map((word): Telling => {
      const weight = weightInLine(word.meaning, word.role, index);
      // A word that many ask for tells little when it is met, and all the more when it is not.
      const least = word.role === "content" ? LEAST_UNMET : 0;
      return {
        ...word,
        whenKnown: word.weight * weight,
        whenNot: word.weight * Math.max(least, weight),
        broader: broader.get(word.meaning) ?? [],
      };
    });
  const disputed = [...line.above]
    .filter(([meaning]) => mayBeRival(meaning) && !own.has(meaning))
    .map(([meaning, { weight, shown }]) => ({ meaning, weight, shown }));
  return { line, own, telling, disputed, index };
}

function ownWeights(words: readonly Word[]): Map<string, Word> {
  const own = new Map<string, Word>();
  for (const word of words) {
    const known = own.get(word.meaning);
    if (!known || known.weight < word.weight) own.set(word.meaning, word);
  }
  return own;
}

/** What each phrase has from the line itself, by its place among all; noughts between two lines. */
const SAID = new WeakMap<AskIndex, Float64Array>();
/** Of an ask, so much has to be said by the line itself. */
const LEAST_SAID = 0.3;

/** Only phrases that share enough words with the line itself are worth judging. */
function phrasesFor({ own, index }: Scene): Phrase[] {
  const said = SAID.get(index) ?? new Float64Array(index.size);
  SAID.set(index, said);
  const met: Phrase[] = [];
  for (const [meaning, word] of own) {
    const share = saidBy(word) * (index.weightOf(meaning) ?? 0);
    if (share === 0) continue;
    for (const phrase of index.phrasesWith(meaning)) {
      if (said[phrase.at] === 0) met.push(phrase);
      said[phrase.at] = (said[phrase.at] ?? 0) + share;
    }
  }
  const worth = met.filter(({ at, weight, answerer: { saysOneOf } }) => {
    const isEnough = (said[at] ?? 0) >= LEAST_SAID * weight;
    return isEnough && (!saysOneOf || saysOneOf.some((each) => own.has(each)));
  });
  for (const { at } of met) said[at] = 0;
  return worth;
}

/** Undefined when it is not surer than `toBeat`, which most phrases show by what the line lacks of them. */
function judge(phrase: Phrase, scene: Scene, toBeat: number): Judged | undefined {
  const { line, own } = scene;
  let covered = 0;
  for (const { meaning, weight } of phrase.weighed) {
    const word = own.get(meaning);
    const said = word ? saidBy(word) : 0;
    covered += weight * Math.max(said, line.above.get(meaning)?.weight ?? 0);
  }
  const fillers = phrase.fillers.filter((meaning) => own.has(meaning)).length;
  const coverage =
    (covered + fillers * phrase.fillerWeight) / (phrase.weight + phrase.fillers.length * phrase.fillerWeight);
  const closeness =
    1 - leastMet(phrase) * (phrase.fillers.length === 0 ? 0 : 1 - fillers / phrase.fillers.length);
  const atMost = Math.min(1, coverage) ** COVERAGE_POWER * closeness;
  if (atMost <= toBeat) return undefined;
  const { explained, open, isContested } = explain(phrase, scene);
  const confidence = atMost * explained ** EXPLAINED_POWER;
  if (confidence <= toBeat) return undefined;
  return { confidence, phrase, open, isContested };
}

function matchedWords({ meanings }: Phrase, { line, own, index }: Scene): MatchedWord[] {
  return meanings.flatMap((meaning): MatchedWord[] => {
    const word = own.get(meaning);
    const above = line.above.get(meaning);
    const shown = word?.shown ?? above?.shown;
    if (shown === undefined || (index.weightOf(meaning) ?? 0) <= FILLER_WEIGHT) return [];
    return [{ meaning, shown, from: word ? "line" : "heading" }];
  });
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
  { line, own, telling, disputed, index }: Scene,
): { explained: number; open: string[]; isContested: boolean } {
  const vocabulary = index.vocabularyOf(answerer);
  // "Moved from MySQL to Postgres" speaks of Postgres.
  const isNamed = answerer.kinds.some((kind) => own.has(kind) || line.above.has(kind));
  const rivals = isNamed ? NO_RIVALS : rivalsOf(answerer.kinds);
  const open: string[] = [];
  let whole = 0;
  let known = 0;
  let isContested = false;
  for (const { meaning, role, shown, weight: prominence, isPart, broader, whenKnown, whenNot } of telling) {
    const isRival = rivals.has(meaning);
    const isAsked = meanings.includes(meaning);
    if (isPart && !isRival && !isAsked) continue;
    const isMet = isAsked || broader.some((each) => meanings.includes(each));
    const credit = isMet ? 1 : vocabulary.has(meaning) ? FAMILIAR : 0;
    const weight = isRival ? 4 * prominence : credit === 0 ? whenNot : whenKnown;
    whole += weight;
    known += weight * credit;
    if (isRival && !isMet) isContested = true;
    if (credit === 0 && role !== "filler") open.push(shown);
  }
  for (const { meaning, weight, shown } of disputed) {
    if (!isRivalAbove(meaning, rivals) || vocabulary.has(meaning)) continue;
    whole += 3 * weight;
    isContested = true;
    open.push(shown);
  }
  return { explained: whole === 0 ? 0 : known / whole, open, isContested };
}

function weightInLine(meaning: string, role: Word["role"], index: AskIndex): number {
  if (role === "filler") return FILLER_WEIGHT / 2;
  if (role === "people") return PEOPLE_WEIGHT;
  if (role === "product") return PRODUCT_WEIGHT;
  if (meaning === "time-limit") return LIMIT_WEIGHT;
  return index.weightOf(meaning) ?? UNKNOWN_WEIGHT;
}
