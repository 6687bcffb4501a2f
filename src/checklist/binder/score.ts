import type { Answerer } from "./answerer.ts";
import type { AskIndex, Phrase } from "./ask-index.ts";
import { FILLER_WEIGHT } from "./ask-table.ts";
import type { ReadLine, SaidWords } from "./binding-line.ts";
import { createCoverage } from "./coverage.ts";
import { createExplainer } from "./explained.ts";
import type { Word } from "./words.ts";

export interface Candidate {
  readonly answerer: Answerer;
  /** 0 to 1: how surely the line asks for this. */
  readonly confidence: number;
  /** The way of asking that fits best; undefined: none does. */
  readonly asked: Phrase | undefined;
  /** Words of the line and of what stands above it that led there. */
  readonly matched: readonly MatchedWord[];
  /** Words of the line that this way of asking leaves open. */
  readonly open: readonly string[];
  /** The line names what is no business of this answerer: another product. */
  readonly isContested: boolean;
  /** Where a second opinion was asked: how sure its words alone make it. */
  readonly worded?: number;
  /** 0 to 1: of lines in these words, how many ask for this; undefined where nobody ever labelled one with it. */
  readonly likeness?: number | undefined;
  /** The words that speak for it there. */
  readonly likeBy?: () => readonly string[];
}

export interface MatchedWord {
  readonly shown: string;
  readonly meaning: string;
  readonly from: "line" | "heading";
}

type Judged = Pick<Candidate, "confidence" | "open" | "isContested"> & { readonly asked: Phrase };

/** Tells what could answer a line, the surest first; of what is less sure than `least`, nothing. */
export function createScorer(index: AskIndex, least: number): (line: ReadLine) => Candidate[] {
  const coveredBy = createCoverage(index, least);
  const explainerOf = createExplainer(index);
  return (line) => {
    const own = ownWords(line.own);
    const covered = coveredBy({ own, above: line.above });
    if (covered.length === 0) return [];
    const explain = explainerOf({ own, above: line.above });
    const best = new Map<Answerer, Judged>();
    for (const { phrase, atMost } of covered) {
      const toBeat = best.get(phrase.answerer)?.confidence ?? least;
      if (atMost <= toBeat) continue;
      const { explained, open, isContested } = explain(phrase);
      const confidence = atMost * explained;
      if (confidence > toBeat) best.set(phrase.answerer, { confidence, asked: phrase, open, isContested });
    }
    const candidates = [...best].map(
      ([answerer, judged]): Candidate => ({
        ...judged,
        answerer,
        matched: matchedWords(judged.asked, { own, above: line.above }, index),
      }),
    );
    return candidates.sort((a, b) => b.confidence - a.confidence || (a.answerer.id < b.answerer.id ? -1 : 1));
  };
}

/** Each meaning once, where it says most. */
function ownWords(words: readonly Word[]): Map<string, Word> {
  const own = new Map<string, Word>();
  for (const word of words) {
    const known = own.get(word.meaning);
    if (!known || known.weight < word.weight) own.set(word.meaning, word);
  }
  return own;
}

function matchedWords({ meanings }: Phrase, { own, above }: SaidWords, index: AskIndex): MatchedWord[] {
  return meanings.flatMap((meaning): MatchedWord[] => {
    const word = own.get(meaning);
    const shown = word?.shown ?? above.get(meaning)?.shown;
    if (shown === undefined || (index.termOf(meaning)?.weight ?? 0) <= FILLER_WEIGHT) return [];
    return [{ meaning, shown, from: word ? "line" : "heading" }];
  });
}
