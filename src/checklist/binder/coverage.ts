import type { AskIndex, Phrase } from "./ask-index.ts";
import type { SaidWords } from "./binding-line.ts";
import type { Word } from "./words.ts";

/** An ask, and how much of it a line says. */
export interface Covered {
  readonly phrase: Phrase;
  /** 0 to 1: how surely the line asks for it, if nothing in the line speaks against it. */
  readonly atMost: number;
}

/** What is missing of an ask weighs heavier than what it leaves open of the line. */
const COVERAGE_POWER = 2;
const LONE_WORD = 0.5;
/** Of an ask, so much has to be said by the line itself. */
const LEAST_SAID = 0.3;

/**
 * Tells the asks of which a line says so much that it may be `least` sure of them. What is said is kept by the numbers
 * of meanings, in two arrays that each line leaves as it found them: all noughts.
 */
export function createCoverage(index: AskIndex, least: number): (said: SaidWords) => Covered[] {
  const leads = leadsOf(index, least);
  const saysEnough = createSaysEnough(index);
  const saidOf = new Float64Array(index.terms);
  const ownOf = new Float64Array(index.terms);
  /** By which line, counted from the first, an ask was looked at last. */
  const lookedAtBy = new Uint32Array(index.phrases.length);
  let line = 0;

  return ({ own, above }) => {
    const numbers: number[] = [];
    for (const [meaning, { weight }] of above) {
      const number = index.termOf(meaning)?.number;
      if (number === undefined) continue;
      saidOf[number] = weight;
      numbers.push(number);
    }
    for (const [meaning, word] of own) {
      const number = index.termOf(meaning)?.number;
      if (number === undefined) continue;
      const said = saidBy(word);
      if (saidOf[number] === 0) numbers.push(number);
      saidOf[number] = Math.max(said, saidOf[number] ?? 0);
      ownOf[number] = said;
    }
    line += 1;
    const covered: Covered[] = [];
    for (const number of numbers) {
      for (const at of leads[number] ?? []) {
        if (lookedAtBy[at] === line) continue;
        lookedAtBy[at] = line;
        const phrase = saysEnough(at, ownOf) ? index.phrases[at] : undefined;
        if (!phrase || !isAskedOutright(phrase, own)) continue;
        const most = atMost(phrase, saidOf);
        if (most >= least) covered.push({ phrase, atMost: most });
      }
    }
    for (const number of numbers) saidOf[number] = ownOf[number] = 0;
    return covered;
  };
}

/**
 * The asks to which each meaning leads. An ask of which too much is missing is not worth looking at, so that no more
 * of its meanings have to lead to it than one of them must be said: the rarest, which have the fewest asks.
 */
function leadsOf({ terms, phrases }: AskIndex, least: number): readonly Uint32Array[] {
  const asks = new Uint32Array(terms);
  for (const { numbers } of phrases) for (const number of numbers) asks[number] = (asks[number] ?? 0) + 1;
  const leads = Array.from({ length: terms }, (): number[] => []);
  for (const phrase of phrases) {
    const { numbers, weights, weight, fillers, fillerWeight } = phrase;
    const mayMiss = (1 - least ** (1 / COVERAGE_POWER)) * (weight + fillers.length * fillerWeight);
    const rarestFirst = numbers
      .map((number, at) => ({ number, weight: weights[at] ?? 0 }))
      .sort((a, b) => (asks[a.number] ?? 0) - (asks[b.number] ?? 0) || b.weight - a.weight);
    let missed = 0;
    for (const each of rarestFirst) {
      leads[each.number]?.push(phrase.at);
      missed += each.weight;
      if (missed > mayMiss) break;
    }
  }
  return leads.map((each) => Uint32Array.from(each));
}

/** Whether the line itself says enough of an ask. Most asks that are looked at end here, so they lie side by side. */
function createSaysEnough({ phrases }: AskIndex): (phrase: number, ownOf: Float64Array) => boolean {
  const starts = Uint32Array.from([0, ...phrases.map(({ numbers }) => numbers.length)]);
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const numbers = Uint32Array.from(phrases.flatMap((phrase) => phrase.numbers));
  const weights = Float64Array.from(phrases.flatMap((phrase) => phrase.weights));
  const enough = Float64Array.from(phrases, ({ weight }) => LEAST_SAID * weight);
  return (phrase, ownOf) => {
    let said = 0;
    const end = starts[phrase + 1] ?? 0;
    for (let at = starts[phrase] ?? 0; at < end; at++)
      said += (weights[at] ?? 0) * (ownOf[numbers[at] ?? 0] ?? 0);
    return said > 0 && said >= (enough[phrase] ?? 0);
  };
}

function isAskedOutright({ answerer: { saysOneOf } }: Phrase, own: SaidWords["own"]): boolean {
  return !saysOneOf || saysOneOf.some((meaning) => own.has(meaning));
}

function atMost(phrase: Phrase, saidOf: Float64Array): number {
  const { numbers, weights, fillers, fillerWeight, weight } = phrase;
  let covered = 0;
  for (let at = 0; at < numbers.length; at++) covered += (weights[at] ?? 0) * (saidOf[numbers[at] ?? 0] ?? 0);
  let met = 0;
  for (const number of fillers) if (saidOf[number] !== 0) met += 1;
  const all = fillers.length;
  const coverage = (covered + met * fillerWeight) / (weight + all * fillerWeight);
  const closeness = 1 - leastMet(phrase) * (all === 0 ? 0 : 1 - met / all);
  return Math.min(1, coverage) ** COVERAGE_POWER * closeness;
}

/** "All links work" and "add links": with one telling word, the fillers have to speak for it too. */
function leastMet({ numbers }: Phrase): number {
  return numbers.length === 1 ? LONE_WORD : 0.03;
}

/** A word in parentheses asks as well as any; one in a condition hardly does. */
function saidBy({ weight, isImplied }: Word): number {
  const said = weight < 0.3 ? 0.5 : 0.8 + 0.2 * weight;
  return isImplied ? 0.9 * said : said;
}
