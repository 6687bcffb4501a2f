import { placeFor } from "../markdown/binding-comment.ts";
import { type HtmlComment, htmlComments } from "../markdown/html-comments.ts";
import { splitCode } from "../markdown/plain-text.ts";
import { splitLines } from "../markdown/text-lines.ts";

/** What an earned tick rests on; written behind the line as a comment that no reader of the page sees. */
export interface TickMark {
  readonly environment: string;
  readonly release: string | undefined;
  /** "2026-11-21", UTC: when the youngest of what it rests on was seen or signed. */
  readonly day: string;
  /** "evidence 412,413" or "answer 5": rows of the chains. */
  readonly rests: string;
}

const WORD = "gonogo-ticked";

/**
 * The line with this mark in place of any it had; without one when there is none to give. Undefined where a mark would
 * not be found again: a comment that begins in the line and ends only further down swallows what follows.
 */
export function withTickMark(line: string, mark: TickMark | undefined): string | undefined {
  const known = findTickMark(line);
  if (known && mark && isSame(known.words, mark)) return line;
  const bare = known
    ? line.slice(0, known.from - (line[known.from - 1] === " " ? 1 : 0)) + line.slice(known.to)
    : line;
  if (!mark) return bare;
  const at = placeFor(bare);
  const { environment, release, day, rests } = mark;
  const comment = `<!-- ${WORD} ${day} ${environment} ${release ?? "-"} ${rests} -->`;
  const marked = `${bare.slice(0, at)} ${comment}${bare.slice(at)}`;
  return findTickMark(marked) ? marked : undefined;
}

/** A tick that stays earned keeps its mark: the file changes when a line does, not whenever somebody looks. */
function isSame(words: string, { environment, release }: TickMark): boolean {
  const [, , ofEnvironment, ofRelease] = words.trim().split(/\s+/);
  return ofEnvironment === environment && ofRelease === (release ?? "-");
}

/** Lines whose tick was earned in another environment than this one. */
export function linesEarnedElsewhere(text: string, environment: string): Set<number> {
  const marks = splitLines(text).map((line) => findTickMark(line.text)?.words.trim().split(/\s+/)[2]);
  return new Set(marks.flatMap((of, at) => (of === undefined || of === environment ? [] : [at + 1])));
}

/** One shown in a code span is no mark. */
export function findTickMark(line: string): HtmlComment | undefined {
  if (!line.includes(WORD)) return undefined;
  const codes = splitCode(line).filter((part) => part.isCode);
  return htmlComments(line).find(
    ({ words, from, to }) =>
      /^\s*gonogo-ticked\s/.test(words) && !codes.some((code) => code.from < from && to < code.to),
  );
}
