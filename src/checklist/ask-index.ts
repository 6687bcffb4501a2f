import { readSenses } from "./words.ts";

/** Something that can answer a line: a check of a kind of component, or a drill. */
export interface Answerer {
  /** "postgres.index.foreign-key", "drill.restore". */
  readonly id: string;
  /** Kind of the component it belongs to; several kinds may have the same check. */
  readonly kinds: readonly string[];
  readonly title: string;
  /** How people word it. */
  readonly asks: readonly string[];
  /** Meanings of which the line itself has to say one: a rehearsal is asked for by who wants something tried. */
  readonly saysOneOf?: readonly string[];
}

/** One way to ask for it, in meanings. */
export interface Phrase {
  readonly answerer: Answerer;
  readonly text: string;
  readonly meanings: readonly string[];
  readonly weighed: readonly { readonly meaning: string; readonly weight: number }[];
  /** Its place among all phrases. */
  readonly at: number;
  /** "configured", "enabled": they decide between ways of asking that are the same but for them. */
  readonly fillers: readonly string[];
  /** What each filler adds to the weight. */
  readonly fillerWeight: number;
  /** Of all its meanings together, without fillers. */
  readonly weight: number;
}

export interface AskIndex {
  readonly answerers: readonly Answerer[];
  /** How many phrases there are. */
  readonly size: number;
  /** Phrases in which a meaning stands; fillers lead nowhere. */
  phrasesWith(meaning: string): readonly Phrase[];
  /** How much a meaning tells one answerer from another: 1 for the rarest, near 0 for a filler. */
  weightOf(meaning: string): number | undefined;
  /** Who is asked for in the very same words. */
  siblingsOf(phrase: Phrase): readonly Answerer[];
  /** Who is asked for in just these words, of which none tells anything by itself: "all services are running". */
  saidExactly(text: string): Phrase | undefined;
  /** Every meaning in the words, title and id of an answerer. */
  vocabularyOf(answerer: Answerer): ReadonlySet<string>;
}

const NONE: readonly Phrase[] = [];
export const FILLER_WEIGHT = 0.12;
/** "Application accessible" has hardly a word of its own; there the fillers have to be met too. */
const TELLING_ENOUGH = 1.1;
/** A title is our wording, not people's: it counts as one more way to ask, a weaker one. */
const LEAST_WEIGHT = 0.3;

/** Reads how every answerer is asked for. Made once; a checklist of any length is bound with it. */
export function createAskIndex(answerers: readonly Answerer[]): AskIndex {
  const read = answerers.map((answerer) => ({
    answerer,
    phrases: [...new Set(answerer.asks)].map((text) => ({
      text,
      words: readSenses(text).filter(({ isImplied }) => !isImplied),
    })),
    around: readSenses(
      `${answerer.title} ${answerer.id.replaceAll(/[.-]/g, " ")} ${answerer.kinds.join(" ")}`,
    ),
  }));
  const fillers = new Set<string>();
  const spreads = new Map<string, Set<string>>();
  for (const { answerer, phrases } of read) {
    for (const { words } of phrases) {
      for (const { meaning, role } of words) {
        if (role === "filler") fillers.add(meaning);
        else spreads.set(meaning, (spreads.get(meaning) ?? new Set()).add(familyOf(answerer.id)));
      }
    }
  }
  const widest = Math.log(1 + Math.max(1, ...[...spreads.values()].map((each) => each.size)));
  const weights = new Map([...fillers].map((meaning) => [meaning, FILLER_WEIGHT]));
  for (const [meaning, { size }] of spreads)
    weights.set(meaning, Math.max(LEAST_WEIGHT, 1 - (0.7 * Math.log(size)) / widest));
  const weightOf = (meaning: string): number | undefined => weights.get(meaning);
  const shared = textsOfSeveral(read.map(({ phrases }) => phrases.map(({ text }) => text)));
  const byMeaning = new Map<string, Phrase[]>();
  const vocabularies = new Map<Answerer, Set<string>>();
  const exact = new Map<string, Phrase>();
  let count = 0;
  for (const { answerer, phrases, around } of read) {
    const vocabulary = new Set(
      [...around, ...phrases.flatMap(({ words }) => words)].map(({ meaning }) => meaning),
    );
    vocabularies.set(answerer, vocabulary);
    const seen = new Set<string>();
    for (const { text, words } of phrases) {
      const meanings = [...new Set(words.map(({ meaning }) => meaning))];
      const fillers = meanings.filter((meaning) => !spreads.has(meaning));
      const telling = meanings.filter((meaning) => spreads.has(meaning));
      // "Health check passes" and "health checks pass" are judged once.
      const key = [...telling.toSorted(), "·", ...fillers.toSorted()].join(" ");
      if (seen.has(key) && !shared.has(text.toLowerCase())) continue;
      seen.add(key);
      const weighed = telling.map((meaning) => ({ meaning, weight: weightOf(meaning) ?? 0 }));
      const weight = weighed.reduce((sum, each) => sum + each.weight, 0);
      const phrase: Phrase = {
        answerer,
        text,
        meanings: telling,
        weighed,
        at: count++,
        fillers,
        weight,
        fillerWeight: 0.35 * Math.max(0, TELLING_ENOUGH - weight),
      };
      if (weight === 0) {
        exact.set(keyOf(phrase), phrase);
        continue;
      }
      for (const meaning of meanings) {
        if (!spreads.has(meaning)) continue;
        const having = byMeaning.get(meaning);
        if (having) having.push(phrase);
        else byMeaning.set(meaning, [phrase]);
      }
    }
  }
  const siblings = new Map<string, Set<Answerer>>();
  for (const phrase of new Set([...byMeaning.values()].flat())) {
    siblings.set(keyOf(phrase), (siblings.get(keyOf(phrase)) ?? new Set()).add(phrase.answerer));
  }
  const none: ReadonlySet<string> = new Set();
  return {
    answerers,
    size: count,
    phrasesWith: (meaning) => byMeaning.get(meaning) ?? NONE,
    weightOf,
    saidExactly: (text) => exact.get(text.trim().toLowerCase()),
    siblingsOf: (phrase) => [...(siblings.get(keyOf(phrase)) ?? [])],
    vocabularyOf: (answerer) => vocabularies.get(answerer) ?? none,
  };
}

/** What several answerers are asked for in the same words keeps its words. */
function textsOfSeveral(asks: readonly (readonly string[])[]): Set<string> {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const text of asks.flatMap((each) => [...new Set(each.map((ask) => ask.toLowerCase()))])) {
    if (seen.has(text)) several.add(text);
    seen.add(text);
  }
  return several;
}

function keyOf({ text }: Phrase): string {
  return text.toLowerCase();
}

/** Siblings that share most of their words ("http.header.hsts" and its like) count once. */
function familyOf(id: string): string {
  return id.split(".").slice(0, 2).join(".");
}
