import { remembered } from "../vocabulary/remembered.ts";
import type { Answerer } from "./answerer.ts";
import { type AskTable, wordsAlone } from "./ask-table.ts";
import { listAt } from "./flat-lists.ts";

/** One way to ask for it, in meanings. */
export interface Phrase {
  readonly answerer: Answerer;
  readonly text: string;
  readonly meanings: readonly string[];
  /** Of each meaning, its number. */
  readonly numbers: readonly number[];
}

/** A meaning that stands in an ask, or in the title or id of an answerer. */
export interface Term {
  /** Its place among all terms. */
  readonly number: number;
  /** How much it tells one answerer from another: 1 for the rarest, near 0 for a filler. Undefined: no ask has it. */
  readonly weight: number | undefined;
}

export interface AskIndex {
  readonly table: AskTable;
  /** The ask at a place among all. */
  phraseAt(place: number): Phrase;
  termOf(meaning: string): Term | undefined;
  /** Who is asked for in the very same words. */
  siblingsOf(phrase: Phrase): readonly Answerer[];
  /** Who is asked for in just these words, of which none tells anything by itself: "all services are running". */
  saidExactly(text: string): Phrase | undefined;
  /** The number of every term in the words, title and id of an answerer. */
  vocabularyOf(answerer: Answerer): ReadonlySet<number>;
}

/** Opens what was read of these answerers. Made once; a checklist of any length is bound with it. */
export function openAskIndex(table: AskTable, answerers: readonly Answerer[]): AskIndex {
  const terms = new Map(
    table.terms.map((meaning, number): [string, Term] => {
      const weight = table.termWeights[number];
      return [meaning, { number, weight: Number.isNaN(weight) ? undefined : weight }];
    }),
  );
  const placeOf = new Map(answerers.map((each, place) => [each, place]));
  const answererAt = (place: number): Answerer => answerers[place] as Answerer;
  const phraseAt = remembered((place: number): Phrase => {
    const answerer = answererAt(table.answererOf[place] ?? 0);
    const numbers = [...listAt(table.meanings, place)];
    const meanings = numbers.map((number) => table.terms[number] ?? "");
    return { answerer, text: answerer.asks[table.askOf[place] ?? 0] ?? "", meanings, numbers };
  }, table.answererOf.length);
  return {
    table,
    phraseAt,
    termOf: (meaning) => terms.get(meaning),
    siblingsOf: ({ text, answerer }) => table.siblings.get(text.toLowerCase())?.map(answererAt) ?? [answerer],
    saidExactly: (text) => {
      const place = table.exact.get(wordsAlone(text));
      return place === undefined ? undefined : phraseAt(place);
    },
    vocabularyOf: remembered(
      (answerer: Answerer): ReadonlySet<number> =>
        new Set(listAt(table.vocabulary, placeOf.get(answerer) ?? 0)),
    ),
  };
}
