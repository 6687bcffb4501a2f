import type { ParsedItem } from "../../checklist/markdown/parse.ts";
import type { Tick } from "../../checklist/ticks/ticks.ts";
import type { ItemRecord } from "../output/contracts/check.ts";
import type { ReportRecord } from "../output/contracts/report.ts";
import { isEarned } from "../output/report/words.ts";

/**
 * A line that need not be answered keeps its box, and so does one that another environment earned, unless it fails here;
 * one that others answer for is earned when all of them are.
 */
export function earnedTicks(
  items: readonly ParsedItem[],
  report: Pick<ReportRecord, "check" | "signOffs" | "release">,
  earnedElsewhere: ReadonlySet<number> = new Set(),
): Map<number, Tick> {
  // What the checks of a line leave open is a part of it.
  const records = Map.groupBy(report.check.items, ({ id, restOf }) => restOf ?? id);
  const below = recordsBelow(items, records);
  const ticks = new Map<number, Tick>();
  for (const item of items) {
    const own = records.get(item.id);
    if (!own) continue;
    const rests = item.isGroup && !item.binding ? (below.get(item.line) ?? []) : own;
    if (rests.every(({ state }) => state === "not applicable")) continue;
    const earned = rests.every((each) => isEarned(each) || each.state === "not applicable");
    const keeps = earnedElsewhere.has(item.line) && rests.every(({ state }) => state !== "failing");
    if (!earned && keeps) continue;
    ticks.set(item.line, earned ? { earned, mark: markOf(rests, report) } : { earned });
  }
  return ticks;
}

/** By the line of a group: what the lines below it come to that answer for themselves. */
function recordsBelow(
  items: readonly ParsedItem[],
  records: ReadonlyMap<string, readonly ItemRecord[]>,
): Map<number, ItemRecord[]> {
  const below = new Map<number, ItemRecord[]>();
  for (const { id, isGroup, binding, parentLines } of items) {
    const own = records.get(id) ?? [];
    if (isGroup && !binding) continue;
    for (const line of parentLines) {
      const known = below.get(line);
      if (known) known.push(...own);
      else below.set(line, [...own]);
    }
  }
  return below;
}

function markOf(
  rests: readonly ItemRecord[],
  { check, signOffs, release }: Parameters<typeof earnedTicks>[1],
) {
  const ids = new Set(rests.map(({ id }) => id));
  const answers = check.answers.filter(({ items }) => items.some((id) => ids.has(id)));
  const seen = [...answers, ...rests.flatMap(({ drill }) => drill ?? [])].filter(
    ({ evidence }) => evidence !== null,
  );
  const signed = signOffs.filter((each) => ids.has(each.item));
  const times = [...seen.map(({ observedAt }) => observedAt ?? 0), ...signed.map((each) => each.at)];
  const told = [
    ...(seen.length > 0 ? [`evidence ${seen.map(({ evidence }) => evidence).join(",")}`] : []),
    ...(signed.length > 0 ? [`answer ${signed.map(({ seq }) => seq).join(",")}`] : []),
  ];
  return {
    environment: check.environment,
    release: release?.id,
    day: new Date(Math.max(...times)).toISOString().slice(0, 10),
    rests: told.join(" "),
  };
}
