import type { ReadLine } from "../binder/binding-line.ts";

/** What a line says, without the order of its words: of each meaning, how much it says it. */
export interface Bag {
  readonly said: ReadonlyMap<string, number>;
  /** In the headings and parents above it. */
  readonly above: ReadonlyMap<string, number>;
}

/** "E2E tests" are tests: said, and yet less so than "tests". */
const IMPLIED = 0.6;
/** "Configured", "works". */
const FILLER = 0.5;

export function bagOf({ own, above }: ReadLine): Bag {
  const said = new Map<string, number>();
  for (const { meaning, weight, isImplied, role } of own) {
    const much = weight * (isImplied ? IMPLIED : 1) * (role === "filler" ? FILLER : 1);
    if (much > (said.get(meaning) ?? 0)) said.set(meaning, much);
  }
  return { said, above: new Map([...above].map(([meaning, { weight }]) => [meaning, weight])) };
}
