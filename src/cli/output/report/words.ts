import { formatDuration } from "../../../model/duration.ts";
import { utc } from "../../../model/phase-times.ts";
import type { AnswerRecord, ItemRecord } from "../contracts/check.ts";
import type { ReportRecord } from "../contracts/report.ts";
import { linesOf } from "../tally.ts";

/** How a state is told in a word, with a sign that is read without colour. */
export const STATES: Readonly<Record<ItemRecord["state"], { sign: string; word: string; tone: Tone }>> = {
  go: { sign: "✓", word: "GO", tone: "good" },
  warning: { sign: "!", word: "warning", tone: "weak" },
  waived: { sign: "~", word: "waived", tone: "weak" },
  failing: { sign: "✗", word: "failing", tone: "bad" },
  unknown: { sign: "?", word: "not known", tone: "bad" },
  stale: { sign: "↻", word: "stale", tone: "bad" },
  unanswered: { sign: "○", word: "unanswered", tone: "bad" },
  unsigned: { sign: "✎", word: "unsigned", tone: "bad" },
  "not applicable": { sign: "–", word: "does not apply", tone: "calm" },
  "not due": { sign: "…", word: "not due", tone: "calm" },
};
/** "line 41", or what of it its checks leave open; of a check that no line speaks of nothing. */
export function placeOf({ line, restOf }: ItemRecord): string | undefined {
  if (line === null) return undefined;
  return restOf === null ? `line ${line}` : `line ${line}, what its checks leave open`;
}

export type Tone = "good" | "weak" | "bad" | "calm";

/** A line earns its tick when it is GO; a waived, weak or old answer earns none. */
export function isEarned({ state }: Pick<ItemRecord, "state">): boolean {
  return state === "go";
}

/** What a box of the list says: a line with all that its checks leave open. */
export function isBoxEarned(item: ItemRecord, items: readonly ItemRecord[]): boolean {
  return isEarned(item) && items.every((each) => each.restOf !== item.id || isEarned(each));
}

/** Lines below one heading of the checklist, or checks of one component that no line speaks of. */
export interface Section {
  readonly title: string;
  readonly items: readonly ItemRecord[];
}

export function sectionsOf({ check }: ReportRecord): { lines: Section[]; others: Section[] } {
  const own = check.items.filter((item) => item.line !== null);
  const [title] = own[0]?.path ?? [];
  const isTitled = title !== undefined && own.every(({ path }) => path[0] === title && path.length > 1);
  const byHeading = Map.groupBy(own, ({ path }) => path.slice(isTitled ? 1 : 0).join(" › "));
  const derived = check.items.filter((item) => item.line === null);
  const byComponent = Map.groupBy(derived, ({ path }) => path[0] ?? "");
  const sections = (found: Map<string, ItemRecord[]>): Section[] =>
    [...found].map(([name, items]) => ({ title: name === "" ? "Without a heading" : name, items }));
  return { lines: sections(byHeading), others: sections(byComponent) };
}

/** "2026-11-21 09:00": a page says once that its times are UTC. */
export function moment(at: number): string {
  return utc(at).slice(0, 16);
}

/** How many lines are in each state, the best first. */
export function shares(items: readonly ItemRecord[]): { state: ItemRecord["state"]; count: number }[] {
  return Object.keys(STATES)
    .map((state) => ({
      state: state as ItemRecord["state"],
      count: items.filter((item) => item.state === state).length,
    }))
    .filter(({ count }) => count > 0);
}

/** "tookMs 31 · protocol TLSv1.3" */
export function figures({ outcome }: AnswerRecord): string[] {
  if (!outcome || !("measured" in outcome) || !outcome.measured) return [];
  return Object.entries(outcome.measured).map(([name, value]) => `${name} ${value ?? "none"}`);
}

/** "seen 2026-11-21 09:00 on r7, fresh until 2026-11-22 09:00, evidence 412" */
export function provenance(
  answer: Pick<AnswerRecord, "observedAt" | "freshUntil" | "release" | "evidence">,
): string {
  const { observedAt, freshUntil, release, evidence } = answer;
  if (observedAt === null) return "not asked yet";
  return [
    `seen ${moment(observedAt)}${release === null ? "" : ` on ${release}`}`,
    ...(freshUntil === null ? [] : [`fresh until ${moment(freshUntil)}`]),
    ...(evidence === null ? [] : [`evidence ${evidence}`]),
  ].join(", ");
}

export function downtimeText({ downtime, switchedInMs }: ReportRecord["deploys"][number]): string {
  const moved = switchedInMs === null ? [] : [`traffic moved in ${formatDuration(switchedInMs)}`];
  if (!downtime) return moved.join("");
  const { requests, failed, worstMs } = downtime;
  return [`${failed} of ${requests} probes failed, worst ${Math.round(worstMs)} ms`, ...moved].join("; ");
}

/** As it answers this line: another one may ask more of the same check. */
export function answerTo(item: ItemRecord, answer: AnswerRecord): AnswerRecord {
  const own = answer.otherwise.find((each) => each.item === item.id);
  return own ? { ...answer, state: own.state, reason: own.reason } : answer;
}

/** One sentence under the verdict. */
export function verdictSentence({ check, waivers }: ReportRecord): string {
  if (check.go && !check.goWithoutWaivers) {
    const standing = waivers.filter((each) => each.stands).length;
    return `GO only by ${standing === 1 ? "a waiver" : `${standing} waivers`}: without, this would have been NO-GO.`;
  }
  if (!check.go) return "What follows stands between this and GO.";
  const lines = linesOf(check.items);
  const later = lines.filter(({ state }) => state === "not due").length;
  if (later === 0) return "Every line that is due is answered.";
  return `Every line that is due is answered; ${later} of ${lines.length} come due later.`;
}
