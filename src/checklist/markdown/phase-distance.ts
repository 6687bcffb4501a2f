import type { Phase } from "../../model/phase.ts";

/** Units of time in the languages lists are written in, in hours. */
const UNITS: readonly (readonly [words: string, hours: number])[] = [
  ["minutes?|mins?|m|minuten?|minutos|分钟", 1 / 60],
  ["hours?|hrs?|h|stunden?|std|heures?|horas?|timmar|tim|小时", 1],
  ["days?|d|tagen?|tage|tag|jours?|j|d[ií]as?|dagar|天", 24],
  ["weeks?|wks?|w|wochen?|semaines?|semanas?|veckor|周", 168],
];
const UNIT = `(${UNITS.map(([words]) => words).join("|")})(?![a-zà-ÿ])`;

const T_MINUS = new RegExp(`(?<![a-z])t\\s*([-−–+])\\s*(\\d{1,3})\\s*${UNIT}?`);
const D_PLUS = /(?<![a-z])[dj]\s*([-−–+])\s*(\d{1,3})(?!\d)/;
const BEFORE = new RegExp(
  `(\\d{1,3})\\s*${UNIT}\\s*(?:before|prior|antes|avant|vorher|vor\\b|previas?|innan|前)`,
);
const FIRST = new RegExp(
  `(?:first|initial|ersten?|premi[èe]re?s?|primer[ao]?s?|första|前)\\s*(\\d{1,3})[\\s-]*${UNIT}`,
);
const AFTER = new RegExp(`(\\d{1,3})\\s*${UNIT}\\s*(?:after|later|nach|danach|apr[èe]s|despu[ée]s|efter|后)`);
const WITHIN = new RegExp(`(?:within|innerhalb von|dans les|inom)\\s*(\\d{1,3})\\s*${UNIT}`);
const FIRST_HOUR = /\b(first|initial) hour\b|\berste stunde\b|\bpremi[èe]re heure\b|\bprimera hora\b/;

/**
 * The phase of a distance from the launch: "T-24 hours", "first 30 minutes", "24h antes", "J+7"; undefined when the
 * words (in lower case) name none. "Within 24 hours" is a distance only below a heading about the time afterwards.
 */
export function byDistance(words: string, { isAfterwards = false } = {}): Phase | undefined {
  const t = T_MINUS.exec(words);
  if (t) return atHours(signOf(t[1]) * hours(t[2], t[3] ?? "h"));
  const d = D_PLUS.exec(words);
  if (d) return atHours(signOf(d[1]) * hours(d[2], "d"));
  const first = FIRST.exec(words);
  if (first) return atHours(hours(first[1], first[2]));
  const before = BEFORE.exec(words);
  if (before) return atHours(-hours(before[1], before[2]));
  const after = AFTER.exec(words) ?? (isAfterwards ? WITHIN.exec(words) : null);
  if (after) return atHours(hours(after[1], after[2]));
  return FIRST_HOUR.test(words) ? "launch+1h" : undefined;
}

function signOf(mark: string | undefined): number {
  return mark === "+" ? 1 : -1;
}

function hours(count: string | undefined, unit = "h"): number {
  const found = UNITS.find(([words]) => new RegExp(`^(${words})$`).test(unit));
  return Number(count) * (found?.[1] ?? 1);
}

/** Hours from the launch; negative before it. */
function atHours(distance: number): Phase {
  if (distance < -48) return "production";
  if (distance <= -12) return "launch-24h";
  if (distance <= -2) return "launch-6h";
  if (distance <= 0) return "launch";
  if (distance <= 2) return "launch+1h";
  if (distance <= 48) return "launch+24h";
  return distance <= 240 ? "day-7" : "day-30";
}
