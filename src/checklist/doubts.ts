import type { Bound } from "./binder/bind.ts";
import type { Figure } from "./figures/figure.ts";

/** Why a line may ask for more than what answers it shows. */
export interface Doubt {
  /** Words that nothing of what answers it accounts for; none: it is long, and what is meant may stand in any of them. */
  readonly open: readonly string[];
}

/** A line, and the figures and names that its checks are held to. */
interface SaidLine {
  readonly text: string;
  readonly figures: readonly Pick<Figure, "said">[];
}

/** So many words left open, or so many words at all, and more than half of the lines ask for more than is shown. */
const LEAST_OPEN = 2;
const LONG = 9;
/** Without blanks between them, so many letters are about a word. */
const LETTERS_OF_A_WORD = 2;
const WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{L}\p{N}_'’-]+/gu;
const WITHOUT_BLANKS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** What of a line the checks that were chosen for it may not show. Undefined: nothing tells, or a person answers the rest of it. */
export function doubtAbout({ text, figures }: SaidLine, { chosen, rest }: Bound): Doubt | undefined {
  if (chosen.length === 0 || rest) return undefined;
  const [first, ...others] = chosen.map(({ open }) => open);
  const held = figures.map(({ said }) => said.toLowerCase()).join("\n");
  const open = (first ?? []).filter(
    (word) => others.every((each) => each.includes(word)) && !held.includes(word.toLowerCase()),
  );
  return open.length >= LEAST_OPEN || wordsOf(text) >= LONG ? { open } : undefined;
}

function wordsOf(text: string): number {
  return (text.match(WORDS) ?? [])
    .map((word) => (WITHOUT_BLANKS.test(word) ? Math.ceil(word.length / LETTERS_OF_A_WORD) : 1))
    .reduce((sum, each) => sum + each, 0);
}
