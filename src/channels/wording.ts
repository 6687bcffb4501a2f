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

/** The whole message in plain lines. */
export function plainText(notice: Notice): string {
  const facts = notice.facts.map(([label, value]) => `${label}: ${value}`);
  const link = notice.link === undefined ? [] : [notice.link];
  return [headline(notice), "", ...facts, `at: ${utc(notice.at)}`, ...link].join("\n");
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
