import type { Phase } from "../model/phase.ts";

/** How headings name a phase; the first that fits wins, so the narrow ones stand before the wide. */
const WORDS: readonly (readonly [RegExp, Phase])[] = [
  [/\bt\s*[-−–]\s*24\b|\b24\s*h(ours?)?\s+before\b/i, "launch-24h"],
  [/\bt\s*[-−–]\s*6\b|\b6\s*h(ours?)?\s+before\b/i, "launch-6h"],
  [/\bt\s*\+\s*24\b|\bfirst\s+24\s*h|\b24\s*h(ours?)?\s+after\b/i, "launch+24h"],
  [/\bt\s*\+\s*1\b|\bfirst\s+hour\b|\b1\s*h(our)?\s+after\b/i, "launch+1h"],
  [/\bday\s*1\b/i, "day-1"],
  [/\bday\s*7\b|\bfirst\s+week\s+review\b/i, "day-7"],
  [/\bday\s*30\b/i, "day-30"],
  [/\bdaily\b|\bevery\s+day\b/i, "daily"],
  [/\bweekly\b|\bevery\s+week\b/i, "weekly"],
  [/\bmonthly\b|\bevery\s+month\b/i, "monthly"],
  [/\bt\s*[-−–]\s*0\b|\blaunch\s+day\b|\bgo[- ]?live\b|\bweek\s*4\b|\bbefore it is announced\b/i, "launch"],
  [
    /\bafter\s+the\s+launch\b|\bpost[- ]?(deploy(ment)?|launch)\b|\bwhen to go back\b|\brollback\b/i,
    "launch+1h",
  ],
  [/\bproduction\b|\bweek\s*3\b/i, "production"],
  [/\bstaging\b|\bweek\s*2\b/i, "staging"],
  [/\bpre[- ]?(deploy(ment)?|launch)\b|\bbefore the first deploy\b|\bweek\s*1\b|\btesting\b/i, "staging"],
];

/** The phase the nearest heading or parent names; a list that names none is due for staging. */
export function phaseOf(path: readonly string[]): Phase {
  for (const heading of path.toReversed()) {
    const found = WORDS.find(([words]) => words.test(heading));
    if (found) return found[1];
  }
  return "staging";
}
