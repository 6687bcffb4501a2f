import { PHASES } from "../../../model/phase.ts";
import { quantity } from "../../../model/quantity.ts";
import type { CheckRecord, ItemRecord } from "../contracts/check.ts";
import { harmless } from "../plain-text.ts";
import { linesOf } from "../tally.ts";
import { line, type Style } from "./line.ts";

const MARKS: Readonly<Record<ItemRecord["state"], string>> = {
  go: "✓",
  warning: "!",
  waived: "~",
  failing: "✗",
  unknown: "?",
  stale: "?",
  unanswered: "?",
  unsigned: "·",
  "not applicable": "-",
  "not due": "○",
};

/** Every line of the team's own list, by phase and in its order, with how it stands and what that rests on. */
export function linesSection(record: CheckRecord, style: Style): string[] {
  const lines = record.items.filter((each) => each.line !== null);
  const width = String(Math.max(0, ...lines.map((each) => each.line ?? 0))).length;
  const shown = PHASES.flatMap((phase) => {
    const here = lines.filter((each) => each.phase === phase);
    return here.length === 0
      ? []
      : [
          ...line(style, 4, `${phase}: ${quantity(linesOf(here).length, "line")}`),
          ...here.flatMap((each) => lineOf(each, { width, style })),
        ];
  });
  return [
    "",
    ...line(
      style,
      2,
      harmless(`${record.checklist ?? "checklist"}: ${quantity(linesOf(record.items).length, "line")}`),
    ),
    ...shown,
  ];
}

function lineOf(item: ItemRecord, { width, style }: { width: number; style: Style }): string[] {
  const mark = MARKS[item.state];
  const number = String(item.line).padStart(width);
  const claimed = item.claimed && mark !== "✓" && item.state !== "waived" ? "claimed, " : "";
  const text = item.restOf === null ? item.text : `the rest of it: ${item.text}`;
  const says = `${mark} ${number} ${text} (${claimed}${saysOf(item)})`;
  const [first = "", ...rest] = line(style, 6, harmless(says), width + 3);
  return [paintMark(first, item, style), ...rest];
}

function saysOf({ id, state, reason, answeredBy }: ItemRecord): string {
  if (state === "not due") return `not due; ${BY[answeredBy]}`;
  if (state === "unsigned") return `${reason}: gonogo sign ${id}`;
  return reason;
}

const BY: Readonly<Record<ItemRecord["answeredBy"], string>> = {
  checks: "answered by checks",
  drill: "answered by a drill",
  person: "answered by a person",
  nobody: "answered by nobody",
};

function paintMark(text: string, { state, blocks }: ItemRecord, { paint }: Style): string {
  const mark = MARKS[state];
  if (state === "go") return text.replace(mark, paint.green(mark));
  return state === "not due" ? text : text.replace(mark, (blocks ? paint.red : paint.yellow)(mark));
}
