import { closest, distance } from "fastest-levenshtein";

/** One mistake in a declaration. No value that may be a secret is in it. */
export interface Mistake {
  /** "components.db.backup.every"; empty for the launch as a whole. */
  readonly path: string;
  /** File name, and where in it; undefined when only the place is not known. */
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly expected: string;
  readonly found: string;
  readonly didYouMean: string | undefined;
  readonly fix: string;
}

/** A mistake before its place in the file is known. */
export interface UnplacedMistake {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
  readonly found: string;
  readonly didYouMean?: string | undefined;
  readonly fix: string;
}

/** The known word a mistyped one is near to. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = word.toLowerCase();
  const exact = known.find((each) => each.toLowerCase() === lower);
  const near = exact ?? closest(word, known);
  const swapped = known.find((each) => lettersOf(each) === lettersOf(word));
  if (swapped !== undefined) return swapped;
  const allowed = Math.max(1, Math.floor(Math.max(word.length, near.length) / 3));
  return distance(lower, near.toLowerCase()) <= allowed ? near : undefined;
}

function lettersOf(word: string): string {
  return [...word.toLowerCase()].sort().join("");
}

/** As they stand in the file. */
export function byPlace(a: Mistake, b: Mistake): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** Mistakes for people, as many as `limit` in full and all of them counted, in lines of `width` columns. */
export function formatMistakes(
  mistakes: readonly Mistake[],
  { limit = 50, width = WIDTH }: { limit?: number; width?: number } = {},
): string {
  const files = [...new Set(mistakes.map((each) => each.file))].join(", ");
  const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
  const left = mistakes.length - limit;
  return [
    `${count} in ${files}`,
    ...mistakes.slice(0, limit).map((each) => formatMistake(each, width)),
    ...(left > 0 ? [`... and ${left} more; they are told when these are mended`] : []),
  ].join("\n\n");
}

const WIDTH = 100;

function formatMistake(mistake: Mistake, width: number): string {
  const { path, file, line, column, expected, found, didYouMean, fix } = mistake;
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return [
    ...wrapped(width, "  ", `${place}  ${path}`.trimEnd()),
    ...wrapped(width, "      expected  ", expected),
    ...wrapped(width, "      found     ", found),
    ...(didYouMean === undefined ? [] : wrapped(width, "      ", `did you mean ${didYouMean}?`)),
    ...wrapped(width, "      fix       ", fix),
  ].join("\n");
}

function wrapped(width: number, lead: string, text: string): string[] {
  const room = width - lead.length;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each, index) => (index === 0 ? lead : " ".repeat(lead.length)) + each);
}
