import { parseDuration } from "../model/duration.ts";
import { parsePercentage } from "./percentage.ts";
import { shown } from "./showing.ts";

/**
 * What to write in place of a value that is nearly right, as text of the file: 60 where a duration is expected is
 * "60s" without its unit. Undefined when nobody can tell, or when the value is not to be shown.
 */
export function meantValue(
  expected: string,
  value: unknown,
  path: readonly PropertyKey[],
): string | undefined {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!parts.every((each) => ["string", "number", "boolean"].includes(typeof each))) return undefined;
  const words = parts.map(String).join(" ");
  if (shown(words, path) !== JSON.stringify(words)) return undefined;
  const meant = MEANT.find(([pattern]) => pattern.test(expected))?.[1](value, words.trim());
  return meant === undefined ? undefined : `write ${meant}`;
}

type Meant = (value: unknown, words: string) => string | undefined;

const MEANT: readonly (readonly [RegExp, Meant])[] = [
  [/\ba duration such as/, (_, words) => durationOf(words)],
  [/\ba percentage\b/, (_, words) => percentageOf(words)],
  [/\ba path (such as|that begins)/, (_, words) => pathOf(words)],
  [/\ba host name without/, (_, words) => hostOf(words)],
  [/^lower-case words joined by hyphens/, (_, words) => nameOf(words)],
  [/^a (whole )?number/, (value, words) => numberOf(value, words)],
  [/^true or false$/, (_, words) => (/^(true|false)$/i.test(words) ? words.toLowerCase() : undefined)],
  [/^a list$/, (value) => (typeof value === "string" ? JSON.stringify([value]) : undefined)],
  [/^text$/, (value, words) => (typeof value === "boolean" ? undefined : JSON.stringify(words))],
];

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(ms|msecs?|millis(econds?)?)$/i, "ms"],
  [/^(s|secs?|seconds?)$/i, "s"],
  [/^(m|mins?|minutes?)$/i, "m"],
  [/^(h|hrs?|hours?)$/i, "h"],
  [/^(d|days?)$/i, "d"],
  [/^(w|wks?|weeks?)$/i, "w"],
];

function durationOf(words: string): string | undefined {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(words) ?? [];
  if (amount === undefined) return undefined;
  if (unit === "") return `the unit as well: "${amount}ms", "${amount}s" or "${amount}m"`;
  const known = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  const text = `${amount}${known}`;
  return known !== undefined && parseDuration(text) !== undefined ? JSON.stringify(text) : undefined;
}

function percentageOf(words: string): string | undefined {
  const text = `${words.replace(",", ".").replace(/\s*(%|percent)$/i, "")}%`;
  return parsePercentage(text) === undefined ? undefined : JSON.stringify(text);
}

function pathOf(words: string): string | undefined {
  const path = URL.parse(words)?.pathname ?? `/${words.replace(/^\/+/, "")}`;
  return /^\/(?!\/)[\w./{}:-]*$/.test(path) ? JSON.stringify(path) : undefined;
}

function hostOf(words: string): string | undefined {
  const host = (URL.parse(words) ?? URL.parse(`https://${words}`))?.hostname;
  return host?.includes(".") ? JSON.stringify(host) : undefined;
}

function nameOf(words: string): string | undefined {
  const name = words
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return name === "" || name.length > 31 ? undefined : JSON.stringify(name);
}

function numberOf(value: unknown, words: string): string | undefined {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(words) ? String(Number(words)) : undefined;
}
