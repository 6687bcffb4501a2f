import type { ItemRole } from "../model/item.ts";

const WINDOWS: readonly (readonly [words: RegExp, window: string])[] = [
  [/\bquarter|\bq[1-4]\b|quartal|trimest|季度/, "90d"],
  [/\bmonth|monat|\bmois\b|\bmes(?:es)?\b|månad|月/, "30d"],
  [/\bweek|woche|semaine|semana|vecka|周/, "7d"],
  [/\bday\b|\btag\b|\bjour\b|\bd[ií]a\b|24 ?h/, "1d"],
];

/** Over which time a success metric is meant: "30d" below "Month 1"; undefined for what is no metric. */
export function windowOf({
  text,
  path,
  role,
}: {
  text: string;
  path: readonly string[];
  role?: ItemRole;
}): string | undefined {
  if (role !== "metric") return undefined;
  for (const words of [text, ...path.toReversed()]) {
    const found = WINDOWS.find(([pattern]) => pattern.test(words.toLowerCase()));
    if (found) return found[1];
  }
  return undefined;
}
