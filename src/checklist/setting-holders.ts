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
 * Who holds a line to what it wants a variable's value to be, or to be like, where nobody who answers it does: "CORS_ORIGINS
 * is not `*`" is answered by what browsers are told, "Debug off (DEBUG=0)" by what pages show, and both are said of the
 * variable all the same.
 */
export function settingHolder(item: ParsedItem, answeredBy: readonly string[]): string | undefined {
  if (answeredBy.some((id) => (SETTING_HOLDERS as readonly string[]).includes(id))) return undefined;
  const figures = saidBy(item);
  const isOfValue = ({ name }: { readonly name: string }): boolean => name === "quality" || name === "value";
  const isAsked = figures.some(isOfValue) && asksOf(item, figures, "").some(isOfValue);
  return isAsked ? SETTING_HOLDERS[0] : undefined;
}
