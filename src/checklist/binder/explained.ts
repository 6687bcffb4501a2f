import { dictionary } from "../vocabulary/dictionary.ts";
import { isRivalAbove, mayBeRival, rivalsOf } from "../vocabulary/rivals.ts";
import type { AskIndex, Phrase, Term } from "./ask-index.ts";
import { FILLER_WEIGHT } from "./ask-table.ts";
import type { SaidWords } from "./binding-line.ts";
import type { Word } from "./words.ts";

export interface Explained {
  /** 0 to 1: how much of the line an ask accounts for. */
  readonly explained: number;
  /** The words it does not account for. */
  readonly open: readonly string[];
  /** The line names what is no business of who is asked. */
  readonly isContested: boolean;
}

/** Of a word that stands in no ask at all. */
const UNKNOWN_WEIGHT = 1.1;
const LEAST_UNMET = 0.5;
/** Of what is unmet, for a word that nothing knows in a language that is known less well: rather one more "set up". */
const STRANGE = 0.8;
/** A line that names a variable asks for that variable. */
const NAME_WEIGHT = 1.4;
const PEOPLE_WEIGHT = 2.6;
const PRODUCT_WEIGHT = 0.4;
/** "Index creation < 30 seconds" asks how long, not whether. */
const LIMIT_WEIGHT = 1.6;
/** A word the answerer knows, though not in this way of asking. */
const FAMILIAR = 0.9;
/** "Load tests" says much when they are asked for, and all the more when they are not. */
const MET_RIVAL = 3;
const UNMET_RIVAL = 4;
const NO_RIVALS: ReadonlySet<string> = new Set();
/** Of a word that no answerer knows. */
const NO_NUMBER = -1;

/** A word of the line with all that does not depend on the ask it is held against. */
interface Telling extends Pick<Word, "meaning" | "shown" | "role" | "weight" | "isPart"> {
  readonly number: number;
  readonly whenKnown: number;
  readonly whenNot: number;
  /** Numbers of what it is a kind of. */
  readonly broader: readonly number[];
  readonly mayBeRival: boolean;
}

/** How much of a line an ask accounts for: what it leaves open speaks against it. */
export function createExplainer(index: AskIndex): (said: SaidWords) => (phrase: Phrase) => Explained {
  const tellingOf = (word: Word): Telling => {
    const { meaning, role, weight: prominence, shown, isPart, isStrange } = word;
    const term = index.termOf(meaning);
    const weight = weightInLine(word, term);
    // A word that many ask for tells little when it is met, and all the more when it is not.
    const least = role === "content" ? LEAST_UNMET : 0;
    const broader = dictionary().broader.get(meaning) ?? [];
    return {
      meaning,
      shown,
      role,
      isPart,
      weight: prominence,
      number: term?.number ?? NO_NUMBER,
      whenKnown: prominence * weight,
      whenNot: prominence * (isStrange && !term ? STRANGE * least : Math.max(least, weight)),
      broader: broader.flatMap((each) => index.termOf(each)?.number ?? []),
      mayBeRival: mayBeRival(meaning),
    };
  };

  return ({ own, above }) => {
    const telling = [...own.values()].filter(({ isImplied }) => !isImplied).map(tellingOf);
    /** Of what stands above, what may be another's business. */
    const disputed = [...above].filter(([meaning]) => mayBeRival(meaning) && !own.has(meaning));
    const isDisputable = disputed.length > 0 || telling.some((each) => each.mayBeRival);
    // "Moved from MySQL to Postgres" speaks of Postgres.
    const rivalsFor = ({ answerer: { kinds } }: Phrase): ReadonlySet<string> =>
      kinds.some((kind) => own.has(kind) || above.has(kind)) ? NO_RIVALS : rivalsOf(kinds);

    return (phrase) => {
      const { answerer, numbers } = phrase;
      const vocabulary = index.vocabularyOf(answerer);
      const rivals = isDisputable ? rivalsFor(phrase) : NO_RIVALS;
      const open: string[] = [];
      let whole = 0;
      let known = 0;
      let isContested = false;
      for (const word of telling) {
        const isRival = word.mayBeRival && rivals.has(word.meaning);
        const isAsked = numbers.includes(word.number);
        if (word.isPart && !isRival && !isAsked) continue;
        const isMet = isAsked || word.broader.some((each) => numbers.includes(each));
        const credit = isMet ? 1 : vocabulary.has(word.number) ? FAMILIAR : 0;
        const weight = isRival
          ? (isMet ? MET_RIVAL : UNMET_RIVAL) * word.weight
          : credit === 0
            ? word.whenNot
            : word.whenKnown;
        whole += weight;
        known += weight * credit;
        if (isRival && !isMet) isContested = true;
        if (credit === 0 && word.role !== "filler") open.push(word.shown);
      }
      for (const [meaning, { weight, shown }] of disputed) {
        if (!isRivalAbove(meaning, rivals) || knows(vocabulary, meaning)) continue;
        whole += 3 * weight;
        isContested = true;
        open.push(shown);
      }
      return { explained: whole === 0 ? 0 : known / whole, open, isContested };
    };
  };

  function knows(vocabulary: ReadonlySet<number>, meaning: string): boolean {
    return vocabulary.has(index.termOf(meaning)?.number ?? NO_NUMBER);
  }
}

function weightInLine({ meaning, role }: Word, term: Term | undefined): number {
  if (role === "filler") return FILLER_WEIGHT / 2;
  if (role === "people") return PEOPLE_WEIGHT;
  if (role === "product") return PRODUCT_WEIGHT;
  if (meaning === "time-limit") return LIMIT_WEIGHT;
  if (meaning === "variable-name") return NAME_WEIGHT;
  return term?.weight ?? UNKNOWN_WEIGHT;
}
