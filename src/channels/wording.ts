import type { Notice } from "../model/channel.ts";

/** First line of every message: "[P1] soulseer production: database does not answer". */
export function headline(notice: Notice): string {
  return `${LEADS[notice.kind](notice)} ${notice.launch} ${notice.environment}: ${notice.title}`;
}

const LEADS: Readonly<Record<Notice["kind"], (notice: Notice) => string>> = {
  firing: ({ severity }) => `[${severity}]`,
  "still firing": ({ severity }) => `[${severity}, still]`,
  resolved: () => "[resolved]",
  drill: () => "[drill, nothing is wrong]",
};

/** The whole message in plain lines; what is too long loses its last facts, never where to look. */
export function plainText(notice: Notice, limit = Number.POSITIVE_INFINITY): string {
  const facts = notice.facts.map(([label, value]) => `${label}: ${value}`);
  const links = linksOf(notice).map(([label, url]) => `${label}: ${url}`);
  const end = ["", `at: ${utc(notice.at)}`, ...links].join("\n");
  return `${cut([headline(notice), "", ...facts].join("\n"), limit - end.length)}${end}`;
}

/** What fits a text message: what it is, and where to go or what to type. */
export function shortText(notice: Notice, limit: number): string {
  const typed = notice.facts.find(([label]) => label === "acknowledge" || label === "look")?.[1];
  const end = notice.link ?? typed;
  if (end === undefined || end.length + 20 > limit) return cut(headline(notice), limit);
  return `${cut(headline(notice), limit - end.length - 1)}\n${end}`;
}

export function linksOf({ link, statusPage }: Notice): (readonly [label: string, url: string])[] {
  const all = [["dashboard", link] as const, ["status page", statusPage] as const];
  return all.flatMap(([label, url]) => (url === undefined ? [] : [[label, url] as const]));
}

/** To be typed as it is: shown so that it can be copied. */
export function isCommand(value: string): boolean {
  return /^gonogo [^()\n`]+$/.test(value);
}

/** "2026-11-21 06:30:05 UTC" */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** At most `limit` UTF-16 units, as vendors count them; never half of a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1;
  const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, isHalf ? end - 1 : end)}…`;
}
