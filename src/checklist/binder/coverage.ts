import type { AskIndex, Phrase } from "./ask-index.ts";
import { type AskTable, LEAST_DECIDING } from "./ask-table.ts";
import type { SaidWords } from "./binding-line.ts";
import { listAt } from "./flat-lists.ts";
import { COVERAGE_POWER, leadsOf } from "./leads.ts";
import type { Word } from "./words.ts";

/** An ask, and how much of it a line says. */
export interface Covered {
  readonly phrase: Phrase;
  /** 0 to 1: how surely the line asks for it, if nothing in the line speaks against it. */
  readonly atMost: number;
}

const LONE_WORD = 0.5;
/** Of an ask, so much has to be said by the line itself. */
const LEAST_SAID = 0.3;

/**
 * Tells the asks of which a line says so much that it may be `least` sure of them. What is said is kept by the numbers
 * of meanings, in two arrays that each line leaves as it found them: all noughts.
 */
export function createCoverage(index: AskIndex, least: number): (said: SaidWords) => Covered[] {
  const { table } = index;
  const leads = least === LEAST_DECIDING ? table.leads : leadsOf(table, table.terms.length, least);
  const saidOf = new Float64Array(table.terms.length);
  const ownOf = new Float64Array(table.terms.length);
  const atMost = createAtMost(table, { saidOf, ownOf });
  /** By which line, counted from the first, an ask was looked at last. */
  const lookedAtBy = new Uint32Array(table.whole.length);
  let line = 0;

  return ({ own, above }) => {
    const said: number[] = [];
    for (const [meaning, { weight }] of above) {
      const number = index.termOf(meaning)?.number;
      if (number === undefined) continue;
      saidOf[number] = weight;
      said.push(number);
    }
    for (const [meaning, word] of own) {
      const number = index.termOf(meaning)?.number;
      if (number === undefined) continue;
      const much = saidBy(word);
      if (saidOf[number] === 0) said.push(number);
      saidOf[number] = Math.max(much, saidOf[number] ?? 0);
      ownOf[number] = much;
    }
    line += 1;
    const covered: Covered[] = [];
    for (const number of said) {
      const asks = listAt(leads, number);
      for (let next = 0; next < asks.length; next++) {
        const at = asks[next] ?? 0;
        if (lookedAtBy[at] === line) continue;
        lookedAtBy[at] = line;
        const most = atMost(at);
        const phrase = most >= least ? index.phraseAt(at) : undefined;
        if (phrase && isAskedOutright(phrase, own)) covered.push({ phrase, atMost: most });
      }
    }
    for (const number of said) saidOf[number] = ownOf[number] = 0;
    return covered;
  };
}

function isAskedOutright({ answerer: { saysOneOf } }: Phrase, own: SaidWords["own"]): boolean {
  return !saysOneOf || saysOneOf.some((meaning) => own.has(meaning));
}

/** How much is said of each meaning: anywhere, and by the line itself. */
interface Said {
  readonly saidOf: Float64Array;
  readonly ownOf: Float64Array;
}

/** How surely a line asks for the ask at a place; 0 where the line itself says too little of it. */
function createAtMost(
  { meanings, weights, whole, fillers, fillerWeight }: AskTable,
  { saidOf, ownOf }: Said,
): (at: number) => number {
  return (at) => {
    const from = meanings.starts[at] ?? 0;
    const to = meanings.starts[at + 1] ?? 0;
    const weight = whole[at] ?? 0;
    let own = 0;
    let covered = 0;
    for (let place = from; place < to; place++) {
      const number = meanings.numbers[place] ?? 0;
      own += (weights[place] ?? 0) * (ownOf[number] ?? 0);
      covered += (weights[place] ?? 0) * (saidOf[number] ?? 0);
    }
    if (own === 0 || own < LEAST_SAID * weight) return 0;
    const firstFiller = fillers.starts[at] ?? 0;
    const all = (fillers.starts[at + 1] ?? 0) - firstFiller;
    let met = 0;
    for (let next = 0; next < all; next++)
      if ((saidOf[fillers.numbers[firstFiller + next] ?? 0] ?? 0) !== 0) met += 1;
    const each = fillerWeight[at] ?? 0;
    const coverage = (covered + met * each) / (weight + all * each);
    const closeness = 1 - leastMet(to - from) * (all === 0 ? 0 : 1 - met / all);
    return Math.min(1, coverage) ** COVERAGE_POWER * closeness;
  };
}

/** "All links work" and "add links": with one telling word, the fillers have to speak for it too. */
function leastMet(tellingWords: number): number {
  return tellingWords === 1 ? LONE_WORD : 0.03;
}

/** A word in parentheses asks as well as any; one in a condition hardly does. */
function saidBy({ weight, isImplied }: Word): number {
  const said = weight < 0.3 ? 0.5 : 0.8 + 0.2 * weight;
  return isImplied ? 0.9 * said : said;
}
