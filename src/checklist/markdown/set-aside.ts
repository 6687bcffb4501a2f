import { withoutComments } from "./html-comments.ts";

const NOT_APPLICABLE =
  "n\\s?/\\s?a|not applicable|nicht (?:zutreffend|anwendbar)|entfällt|non applicable|sans objet|no aplica|não se aplica|non applicabile|nie dotyczy|niet van toepassing|ej tillämpligt|не применимо|不适用|対象外|해당 없음";
const BEHIND = new RegExp(
  `(?:[([]\\s*(?:${NOT_APPLICABLE})(?:[\\s,:;–—-][^()[\\]]*)?[)\\]]|\\s[–—-]\\s*(?:${NOT_APPLICABLE})|:\\s*(?:${NOT_APPLICABLE}))[.\\s*_]*$`,
  "iu",
);
const BEFORE = new RegExp(`^[*_]*[([]?(?:${NOT_APPLICABLE})[)\\]]?[*_]*\\s*[:–—-]`, "iu");
const ALONE = new RegExp(`^(?:${NOT_APPLICABLE})$`, "iu");
const STRUCK = /^[*_]*(?:(~~?)(?!~)(?=\S)[^~]+\1|<(s|del|strike)>[^<]+<\/\2>)[*_]*\s*(?:$|[.(–—:-])/iu;

/** Why whoever wrote the line wants nobody to answer it; undefined when they do. Raw Markdown without marker and box. */
export function setAside(markdown: string): string | undefined {
  // Nobody writes so much of what does not matter; a text is not searched to its end for a bracket.
  const text = withoutComments(markdown).trim().slice(0, 1_000);
  if (STRUCK.test(text)) return "struck out in the list";
  return BEHIND.test(text) || BEFORE.test(text) ? DOES_NOT_APPLY : undefined;
}

export const DOES_NOT_APPLY = "the list says that it does not apply";

/** Of the cell of a table that would hold a tick. */
export function saysNotApplicable(cell: string): boolean {
  return ALONE.test(cell);
}
