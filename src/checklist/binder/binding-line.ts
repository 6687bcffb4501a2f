import { MOST_LINES, remembered, rememberedLast } from "../vocabulary/remembered.ts";
import { readWords, type Word } from "./words.ts";

/** A line as the binder sees it. */
export interface BindingLine {
  readonly text: string;
  /** Headings and parents above it, the nearest last. */
  readonly path: readonly string[];
}

export interface ReadLine {
  readonly own: readonly Word[];
  readonly above: Above;
}

/** What stands above a line, by its meaning. */
export type Above = ReadonlyMap<string, { readonly weight: number; readonly shown: string }>;

/** The words of a line, each meaning once, and what stands above it. */
export interface SaidWords {
  readonly own: ReadonlyMap<string, Word>;
  readonly above: Above;
}

/** How much a word counts that stands in the nearest heading or parent, the one above it, and so on. */
const ABOVE = [0.65, 0.3, 0.15];

/** "Security.4 Roles reviewed", "LAUNCH-002: refunds": what a list calls its own line says nothing of it. */
const NUMBER =
  /^(?:[A-Z][a-z]+\.\d{1,3}|P\d\.\d{1,2}|[A-Z]{2,10}-\d{1,4}(?=:)|[A-Z]\d{2}(?=:))(?:\s*[:.)–—-])?\s+(?=\S)/u;
/** "Error rate: < 1 % | Actual: ___": what somebody is to fill in. */
const TO_FILL_IN =
  /\s*(?:\||—|–|;|,)?\s*(?:Actual|Result|Status|Date|By|Owner|Notes?)\s*:\s*_[_\s%]*(?:ms|s)?\s*$/iu;

function ofItself(text: string): string {
  const named = text.replace(NUMBER, "");
  return (named.includes("_") ? named.replace(TO_FILL_IN, "") : named) || text;
}

export type Reader = (line: BindingLine) => ReadLine;

/** Reads lines; the same words are read once, whether they stand in a line or above several. */
export function createReader(): Reader {
  const wordsOf = remembered(readWords, MOST_LINES);
  const aboveOf = remembered((steps: string): Above => {
    const above = new Map<string, { weight: number; shown: string }>();
    for (const [distance, step] of steps.split("\n").toReversed().entries()) {
      for (const { meaning, shown, role } of wordsOf(step)) {
        if (role !== "filler" && !above.has(meaning))
          above.set(meaning, { weight: ABOVE[distance] ?? 0, shown });
      }
    }
    return above;
  });
  const aboveIn = rememberedLast((path) => aboveOf(path.slice(-ABOVE.length).join("\n")));
  return ({ text, path }) => ({ own: wordsOf(ofItself(text)), above: aboveIn(path) });
}
