import { nearest } from "../config/mistakes.ts";
import { UserError } from "../model/errors.ts";

/** A name there is not: the one it is near to, and all there are. `none`: what to do where there are none at all. */
export function noSuch(
  what: string,
  word: string,
  {
    known,
    where,
    fix = "one of",
    none,
  }: { known: readonly string[]; where?: string; fix?: string; none?: string },
): UserError {
  const list = `${fix}: ${known.join(", ")}`;
  return new UserError(`there is no ${what} "${word}"${meant(word, known)}`, {
    ...(where !== undefined && { where }),
    fix: known.length > 0 || none === undefined ? list : none,
  });
}

/** ' (did you mean "staging"?)' for a mistyped word or the beginning of one; else nothing. */
export function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known) ?? begunBy(word, known);
  return near === undefined ? "" : ` (did you mean "${near}"?)`;
}

/** "prod" is far from "production" by letters, and is what people type. */
function begunBy(word: string, known: readonly string[]): string | undefined {
  const [only, another] = known.filter((each) => each.startsWith(word.toLowerCase()));
  return word === "" || another !== undefined ? undefined : only;
}
