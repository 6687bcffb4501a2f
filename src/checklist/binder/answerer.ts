/** Something that can answer a line: a check of a kind of component, or a drill. */
export interface Answerer {
  /** "postgres.index.foreign-key", "drill.restore". */
  readonly id: string;
  /** Kind of the component it belongs to; several kinds may have the same check. */
  readonly kinds: readonly string[];
  readonly title: string;
  /** How people word it. */
  readonly asks: readonly string[];
  /** Its asks are a declaration's own words: what other teams' lines ask for says nothing of them. */
  readonly isDeclared?: boolean;
  /** Meanings of which the line itself has to say one: a rehearsal is asked for by who wants something tried. */
  readonly saysOneOf?: readonly string[];
}

/** The title, id and kinds of an answerer as a text. */
export function aroundOf({ title, id, kinds }: Answerer): string {
  return `${title} ${id.replaceAll(/[.-]/g, " ")} ${kinds.join(" ")}`;
}
