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
const COVERAGE_POWER = 2.5;
const LONE_WORD = 0.15;
/** Of an ask, so much has to be said by the line itself. */
const LEAST_SAID = 0.3;

/**
 * Tells the asks of which a line says enough to be worth judging. What is said is summed up by the numbers of meanings
 * and asks, in two arrays that each line leaves as it found them: all noughts.
 */
export function createCoverage(index: AskIndex): (said: SaidWords) => Covered[] {
  const saidOf = new Float64Array(index.terms);
  const ownShare = new Float64Array(index.phrases.length);
  const leastSaid = Float64Array.from(index.phrases, ({ weight }) => LEAST_SAID * weight);

  return ({ own, above }) => {
    const met: number[] = [];
    const numbers: number[] = [];
    for (const [meaning, { weight }] of above) {
      const term = index.termOf(meaning);
      if (!term) continue;
      saidOf[term.number] = weight;
      numbers.push(term.number);
    }
    for (const [meaning, word] of own) {
      const term = index.termOf(meaning);
      if (!term) continue;
      const said = saidBy(word);
      saidOf[term.number] = Math.max(said, saidOf[term.number] ?? 0);
      numbers.push(term.number);
      const share = said * (term.weight ?? 0);
      for (const at of term.phrases) {
        if (ownShare[at] === 0) met.push(at);
        ownShare[at] = (ownShare[at] ?? 0) + share;
      }
    }
    const covered: Covered[] = [];
    for (const at of met) {
      const isEnough = (ownShare[at] ?? 0) >= (leastSaid[at] ?? 0);
      ownShare[at] = 0;
      const phrase = isEnough ? index.phrases[at] : undefined;
      if (phrase && isAskedOutright(phrase, own)) covered.push({ phrase, atMost: atMost(phrase, saidOf) });
    }
    for (const number of numbers) saidOf[number] = 0;
    return covered;
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
