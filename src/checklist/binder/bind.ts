import { STANDARD_KINDS } from "../../model/standard-kinds.ts";
import type { Answerer } from "./answerer.ts";
import { type AskIndex, openAskIndex, type Phrase } from "./ask-index.ts";
import { type AskTable, LEAST_DECIDING, readAsks } from "./ask-table.ts";
import { type BindingLine, createReader, type Reader } from "./binding-line.ts";
import { type Candidate, createScorer } from "./score.ts";
import type { Readings } from "./words.ts";

/** Below this a line is left to people: better no answer than a wrong one. */
export const LEAST_CONFIDENCE = 0.65;
/** Who is asked for in the same words as the best is asked too, unless the line speaks against it. */
const NEAR = 0.75;
/** Less sure than this is not even worth telling. */
export const LEAST_SHOWN = 0.15;

export interface Bound {
  /** What answers the line, the surest first; empty: nothing does. */
  readonly chosen: readonly Candidate[];
  /** Parts of the line that these leave open, in its words: a person answers them. */
  readonly rest?: readonly string[];
  /** Every candidate, the surest first. */
  readonly candidates: readonly Candidate[];
}

/** What somebody has read before: how those are asked for that every launch has, and what each ask means. */
export interface ReadBefore {
  readonly asks: AskTable;
  readonly readings: () => Readings;
}

export type Binder = (line: BindingLine) => Bound;

export interface BinderOptions {
  /** Candidates that are less sure are not told; who only binds needs none below what decides. */
  readonly least?: number;
  readonly read?: ReadBefore | undefined;
  /** Where others read the same lines, once for all. */
  readonly reader?: Reader;
}

export function createBinder(answerers: readonly Answerer[], options: BinderOptions = {}): Binder {
  const { least = LEAST_DECIDING, read, reader = createReader() } = options;
  const table = read && isOf(read.asks, answerers) ? read.asks : readAsks(answerers, read?.readings());
  const index = openAskIndex(table, answerers);
  const candidatesFor = createScorer(index, least);
  return (line) => {
    const words = reader(line);
    const bound = choose(candidatesFor(words), index);
    const mayBeExact = bound.chosen.length === 0 && words.own.every(({ role }) => role === "filler");
    const exact = mayBeExact ? index.saidExactly(line.text) : undefined;
    return exact ? inTheseWords(exact, bound.candidates) : bound;
  };
}

/** What a declaration asks for itself, or a list takes away, makes other words telling. */
function isOf(table: AskTable, answerers: readonly Answerer[]): boolean {
  const ids = table.answerers;
  return ids.length === answerers.length && answerers.every(({ id }, place) => ids[place] === id);
}

function inTheseWords(phrase: Phrase, others: readonly Candidate[]): Bound {
  const { answerer } = phrase;
  const said = { answerer, confidence: 1, asked: phrase, matched: [], open: [], isContested: false };
  return { chosen: [said], candidates: [said, ...others] };
}

function choose(candidates: readonly Candidate[], index: AskIndex): Bound {
  const best = preferred(candidates);
  if (!best || best.confidence < LEAST_CONFIDENCE) return { chosen: [], candidates };
  // "E2E tests pass" is asked of the code and of a walk through the application: one of them is enough.
  const siblings = new Set(siblingsOf(best, index).filter((each) => isAskedBeside(each, best.answerer)));
  const chosen = candidates.filter(
    ({ answerer, confidence }) => siblings.has(answerer) && confidence >= best.confidence * NEAR,
  );
  return { chosen: chosen.length > 0 ? chosen : [best], candidates };
}

function siblingsOf({ asked }: Candidate, index: AskIndex): readonly Answerer[] {
  return asked ? index.siblingsOf(asked) : [];
}

/** As good as equal. */
const EQUAL = 0.02;
/** So much less sure may be who is asked by the name of one variable than who is asked by any. */
const NEARLY = 0.12;
/** What a launch has anyway, before what somebody would have to declare for one line. */
const USUAL: readonly string[] = [...STANDARD_KINDS, "web", "site"];

function preferred(candidates: readonly Candidate[]): Candidate | undefined {
  const [best] = candidates;
  if (!best) return undefined;
  const equal = candidates.filter(({ confidence }) => confidence >= best.confidence - EQUAL);
  const usual = isUsual(best) ? best : (equal.find((each) => isUsual(each) && !isAnyName(each)) ?? best);
  // "SESSION_COOKIE_SECURE" asks for more than a variable that is set.
  const near = candidates.filter(({ confidence }) => confidence >= best.confidence - NEARLY);
  const telling = isAnyName(usual) ? near.find((each) => namesOne(each)) : undefined;
  return telling ?? usual;
}

/** It was asked for by the name of one variable: "APP_DEBUG=false". */
function namesOne(candidate: Candidate): boolean {
  const { text = "", meanings = [] } = candidate.asked ?? {};
  const hasName = meanings.includes("variable-name") || /^[A-Z]+ ?=/.test(text);
  return isUsual(candidate) && hasName && !isAnyName(candidate);
}

/** It was asked for by the name of any variable whatever. */
function isAnyName({ asked }: Candidate): boolean {
  return /\bVARIABLE_/.test(asked?.text ?? "");
}

function isUsual({ answerer: { kinds } }: Candidate): boolean {
  return kinds.some((kind) => USUAL.includes(kind));
}

/** A declaration that gives one line to two checks means both. */
function isAskedBeside(one: Answerer, other: Answerer): boolean {
  if (one.isDeclared && other.isDeclared) return true;
  return one.kinds.some((kind) => other.kinds.includes(kind));
}
