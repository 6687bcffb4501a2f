import { parseEnv } from "node:util";

/** One assignment of a dotenv file. */
export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

export type DotenvRule =
  | "not-text"
  | "byte-order-mark"
  | "carriage-return"
  | "no-assignment"
  | "bad-name"
  | "space-around-equals"
  | "unclosed-quote"
  | "trailing-space"
  | "duplicate";

/** A flaw in a dotenv file. Never holds anything of a value. */
export interface DotenvProblem {
  readonly line: number;
  readonly rule: DotenvRule;
  /** What is wrong, for people: "API_URL is set again; line 3 has no effect". */
  readonly says: string;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/**
 * Reads a dotenv file. Where an entry begins and ends is told here, because that is what gives it a line; what its
 * value is, Node's own parser says, so quotes, escapes and comments mean what they mean everywhere.
 */
export function readDotenv(text: string): { entries: DotenvEntry[]; problems: DotenvProblem[] } {
  const entries: DotenvEntry[] = [];
  const problems: DotenvProblem[] = [];
  const lineOf = new Map<string, number>();
  const complain: Complain = (line, rule, says) => void problems.push({ line, rule, says });
  const lines = linesOf(text, complain);
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    const first = lines[index] ?? "";
    if (first.trimStart() === "" || first.trimStart().startsWith("#")) continue;
    const assignment = assignmentIn(first);
    if (!assignment) {
      complain(line, "no-assignment", "there is no = in this line");
      continue;
    }
    const { name, quote, isSpaced } = assignment;
    if (!NAME.test(name)) {
      complain(line, "bad-name", "what stands before = is not the name of a variable");
      continue;
    }
    if (isSpaced)
      complain(line, "space-around-equals", `${told(name)} has a space beside =, which a shell refuses`);
    const last = quote === "" ? index : lastLineOf(lines, index, assignment.from, quote);
    if (last === undefined)
      complain(line, "unclosed-quote", `the quote that begins ${told(name)} is never closed`);
    else if (quote === "" && first !== first.trimEnd()) {
      complain(line, "trailing-space", `${told(name)} ends in a space, which is not part of the value`);
    }
    const entry = lines.slice(index, (last ?? index) + 1).join("\n");
    const earlier = lineOf.get(name);
    if (earlier !== undefined)
      complain(line, "duplicate", `${told(name)} is set again; line ${earlier} has no effect`);
    lineOf.set(name, line);
    entries.push({ name, value: Object.values(parseEnv(entry))[0] ?? "", line });
    index = last ?? index;
  }
  return { entries, problems };
}

interface Assignment {
  readonly name: string;
  readonly isSpaced: boolean;
  /** The quote the value begins with, or nothing; and the index after it. */
  readonly quote: string;
  readonly from: number;
}

/** By index and not by one regular expression: a line may have megabytes, and backtracking through it would not end. */
function assignmentIn(line: string): Assignment | undefined {
  const equals = line.indexOf("=");
  if (equals < 0) return undefined;
  const before = line.slice(0, equals);
  const after = line.slice(equals + 1);
  const rest = after.trimStart();
  const quote = /^["'`]/.exec(rest)?.[0] ?? "";
  const name = before.trim().replace(/^export\s+/, "");
  const isSpaced = before !== before.trimEnd() || (rest !== "" && rest !== after);
  return { name, isSpaced, quote, from: line.length - rest.length + quote.length };
}

/** The flaws of a dotenv file, in the order of its lines. */
export function dotenvProblems(text: string): DotenvProblem[] {
  return readDotenv(text).problems.sort((a, b) => a.line - b.line);
}

type Complain = (line: number, rule: DotenvRule, says: string) => void;

function linesOf(text: string, complain: Complain): string[] {
  const isMarked = text.startsWith("\uFEFF");
  if (isMarked)
    complain(
      1,
      "byte-order-mark",
      "the file begins with a byte order mark: some readers take it for part of the first name",
    );
  const lines = text.slice(isMarked ? 1 : 0).split("\n");
  const returns = lines.findIndex((line) => line.endsWith("\r"));
  if (returns >= 0)
    complain(
      returns + 1,
      "carriage-return",
      "lines end in CRLF: some readers keep the CR as part of the value",
    );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  const garbage = lines.findIndex((line) => /[\u0000-\u0008\u000E-\u001F\uFFFD]/.test(line));
  if (garbage >= 0) complain(garbage + 1, "not-text", "there are bytes that are not text");
  return lines.map((line) => line.replace(/\r$/, ""));
}

/** Index of the line on which a quoted value ends; undefined when its quote is never closed. */
function lastLineOf(
  lines: readonly string[],
  first: number,
  from: number,
  quote: string,
): number | undefined {
  if (lines[first]?.includes(quote, from)) return first;
  const last = lines.findIndex((line, index) => index > first && line.includes(quote));
  return last < 0 ? undefined : last;
}

/** A name in a message, unless it may be the end of a value that lost its quotes ("MIIEvQIBAD...=="). */
function told(name: string): string {
  const isWord = /^([A-Z0-9]+|[a-z0-9]+)([._-]([A-Z0-9]+|[a-z0-9]+))*$/.test(name);
  return isWord && name.split(/[._-]/).every((part) => part.length <= 20) ? name : "this variable";
}
