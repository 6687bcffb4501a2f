import { isSecretName, withoutCredentials } from "./showing.ts";

/** What a parser says, in the words of whoever typed the line. */
const WORDS: readonly (readonly [RegExp, says: string, fix: string])[] = [
  [
    /merge conflict|^Unexpected token `?<<|`<<`|'<<'/i,
    "a merge left its marks",
    "keep one side, and remove the lines with <<<<<<<, ======= and >>>>>>>",
  ],
  [
    /unexpected character '?[“”„«»‘’‚]|Invalid or unexpected token “/i,
    "a typographic quote stands where a plain one is needed",
    'write " in place of it',
  ],
  [
    /unterminated string|unterminated template/i,
    "a text is begun and never closed",
    "close it with the quote it began with",
  ],
  [
    /<eof>|end of input|unexpected token \(?EOF|expected .*got eof/i,
    "the file ends before everything in it is closed",
    "look for a ), a } or a ] that is missing: the one that closes defineLaunch({ is the last",
  ],
  [
    /shorthand property|expected .*got '='|unexpected token `=`\. expected .*\}/i,
    "= stands in an object, where : belongs",
    "write : in place of =",
  ],
  [
    /^expected ',', got|expected (?:comma|one of: ,)|missing \)? ?after (?:argument|property) list/i,
    "a comma is missing before this",
    "write a comma at the end of what stands before it",
  ],
  [/^unexpected token `,`|unexpected token ','/i, "there is a comma too many", "remove it"],
  [
    /return statement is not allowed|illegal return|'return' outside/i,
    "return stands outside of a function",
    "export default defineLaunch({ ... })",
  ],
  [
    /already been declared|declared more than once|redefined/i,
    "a name is declared twice",
    "rename or remove one of the two",
  ],
];

/** Pure. `fix` is there for every mistake. */
export function syntaxWords(message: string): { readonly says: string; readonly fix: string } {
  const found = WORDS.find(([pattern]) => pattern.test(message));
  if (found) return { says: found[1], fix: found[2] };
  const [first = ""] = message.split(/\. Expected |\n/);
  return {
    says: withoutCredentials(first),
    fix: "mend what is marked, or what stands right before it",
  };
}

const WIDTH = 90;

/**
 * A line of the file with a mark below what is meant. Undefined for a line that names a secret: whatever stands there
 * may be its value. No mark where hiding a credential moved what is marked.
 */
export function markedLine(text: string, line: number, column: number | undefined): string | undefined {
  if (text.split(/\W+/).some(isSecretName)) return undefined;
  const number = String(line).padStart(5);
  const shown = withoutCredentials(text).trimEnd();
  const lead = shown.length - shown.trimStart().length;
  const first = `${number} | ${shown.slice(lead, lead + WIDTH)}`;
  const isMoved = shown.length !== text.trimEnd().length;
  if (column === undefined || isMoved || column <= lead || column - lead > WIDTH) return first;
  return `${first}\n${" ".repeat(number.length)} | ${" ".repeat(column - 1 - lead)}^`;
}
