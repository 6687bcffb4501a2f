import { closest, distance } from "fastest-levenshtein";
import { qualityMistake } from "../../model/setting-quality.ts";
import { FIGURE_NAMES } from "./figure.ts";
import { isFigureName, valueMistake } from "./figure-value.ts";

/** Why parameters of a comment are not understood: what nobody reads would be held by nobody, and look as if it were. */
export function figureMistake(parameters: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(parameters)) {
    const mistake = isFigureName(name) ? valueMistake(name, value) : unknownParameter(name, FIGURE_NAMES);
    if (mistake !== undefined) return mistake;
  }
  return qualityMistake(parameters.quality ?? "");
}

/** Among names that are known, one that may be meant. */
export function unknownParameter(name: string, known: readonly string[]): string {
  const near = closest(name.toLowerCase(), [...known]);
  const isMeant = distance(name.toLowerCase(), near) <= Math.max(1, Math.floor(name.length / 3));
  return `there is no parameter "${name}"${isMeant ? `; did you mean "${near}"?` : ` (docs/checklists.md names them)`}`;
}
