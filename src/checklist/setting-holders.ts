import { asksOf, saidBy } from "./line-figures.ts";
import type { ParsedItem } from "./markdown/parse.ts";

/** Checks that hold lines to what they say of a variable; the first one is in every launch. */
export const SETTING_HOLDERS = [
  "config.env.declared-present",
  "config.env.typed",
  "config.env.placeholder-value",
  "config.env.test-credential-in-production",
  "config.env.secret-strength",
] as const;

/**
 * Who holds a line to what it wants a variable's value to be like, where nobody who answers it does: "CORS_ORIGINS is
 * not `*`" is answered by what browsers are told, and said of the variable all the same.
 */
export function settingHolder(item: ParsedItem, answeredBy: readonly string[]): string | undefined {
  if (answeredBy.some((id) => (SETTING_HOLDERS as readonly string[]).includes(id))) return undefined;
  const figures = saidBy(item);
  const isSaid = figures.some(({ name }) => name === "quality");
  const isAsked = isSaid && asksOf(item, figures, "").some(({ name }) => name === "quality");
  return isAsked ? SETTING_HOLDERS[0] : undefined;
}
