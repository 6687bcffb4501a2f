import type { Figure } from "./figure.ts";
import { DNS, RAISED } from "./measured.ts";
import { TOPICS } from "./topics.ts";

/** Figures in words or without a unit: "four nines", "HSTS max-age of one year", "DNS TTL lowered to 300". */
export function unitlessIn(text: string, above: string): Figure[] {
  const line = text.toLowerCase();
  return [...nines(line), ...yearsOfHsts(line), ...bareTtl(line, above.toLowerCase())];
}

const NINES = new Map([
  ["two", "99%"],
  ["three", "99.9%"],
  ["four", "99.99%"],
  ["five", "99.999%"],
]);

function nines(line: string): Figure[] {
  const [said, count = ""] = /\b(two|three|four|five)[\s-]nines\b/u.exec(line) ?? [];
  const value = NINES.get(count);
  const isOther = TOPICS.alert.test(line) || /durab|\bnot?\b|\bwithout\b/u.test(line);
  return said === undefined || value === undefined || isOther ? [] : [{ name: "availability", value, said }];
}

const YEARS =
  /(?:max-?age|at least|mindestens|au moins|al menos|pelo menos|almeno|\bfor|\bof|\()[\s:=(]*(?:at least |of |is |für )*(one|ein|einem|un|una|um|two|zwei|deux|dos|dois|due)[\s-](?:years?|jahre?n?|ans?|años?|anos?|ann[oi])(?!\p{L})/u;

function yearsOfHsts(line: string): Figure[] {
  if (!/\bhsts\b|strict-transport/u.test(line)) return [];
  const [said, count = ""] = YEARS.exec(line) ?? [];
  if (said === undefined) return [];
  return [{ name: "max-age", value: /^(?:one|ein|un|um)/u.test(count) ? "365d" : "730d", said: said.trim() }];
}

/** Records of DNS have seconds: "TTL lowered to 300 before the cutover". */
const TTL =
  /\bttls?(?:\s+(?:is|are|was|value|set|lowered|reduced|dropped|gesenkt|réduit|bajado))*\s*(?:from\s+\d+\s*)?(?:to|of|at|auf|à|a|=|:|<=?|≤|under|below)?\s*(\d{2,5})(?=\s*(?:$|[.;)](?!\d)|,\s|(?:before|for|in|on|ahead|until|prior|vor|avant|antes)(?!\p{L})))/u;

function bareTtl(line: string, above: string): Figure[] {
  if (!/\bttl/u.test(line) || !DNS.test(`${line} ${above}`) || RAISED.test(line)) return [];
  const [said, seconds] = TTL.exec(line) ?? [];
  return said === undefined || seconds === undefined
    ? []
    : [{ name: "ttl", value: `${seconds}s`, said: said.replace(/^ttls?\s*/u, "") }];
}
