import { NOTHING_DECLARED } from "../../../checklist/declared-figure.ts";
import { quantity } from "../../../model/quantity.ts";
import type { CheckRecord, ItemRecord } from "../contracts/check.ts";
import { harmless } from "../plain-text.ts";
import { linesOf, type Tally } from "../tally.ts";
import { line, listed, type Style, sectionLine } from "./line.ts";

const MOST_LINES = 20;
const MOST_MOOT = 8;

/** Lines that say otherwise than the declaration, whether they are due or not: seen early it is cheap. */
export function contradictionsSection(record: CheckRecord, style: Style): string[] {
  const lines = record.items.filter(isContradicting);
  if (lines.length === 0) return [];
  const name = record.checklist ?? "checklist";
  const blocking = lines.filter((each) => each.blocks).length;
  return [
    ...sectionLine(style, {
      name: "list",
      passed: 0,
      of: lines.length,
      says:
        blocking === 0 ? "contradicts the declaration, not yet due" : "NO-GO: contradicts the declaration",
      good: blocking === 0,
    }),
    ...lines.slice(0, MOST_LINES).flatMap((each) => contradicting(each, { name, style })),
    ...(lines.length > MOST_LINES ? line(style, 4, `and ${lines.length - MOST_LINES} more`) : []),
  ];
}

function isContradicting({ contradictions, state }: ItemRecord): boolean {
  return contradictions.length > 0 && (state === "failing" || state === "not due");
}

function contradicting(item: ItemRecord, { name, style }: { name: string; style: Style }): string[] {
  const [mark, paint] = item.blocks ? ["✗", style.paint.red] : ["!", style.paint.yellow];
  const [first = "", ...rest] = line(style, 4, harmless(`${mark} ${name}:${item.line} ${item.text}`), 4);
  const detail = (text: string): string[] => line(style, 8, harmless(text), 2);
  return [
    first.replace(mark, paint(mark)),
    ...rest,
    ...item.contradictions.flatMap(({ what, says, declares, where, name: parameter, fingerprint }) => [
      ...detail(`${what}: the list says ${says}, the declaration ${declares} (${where})`),
      ...detail(
        `Fix: ${declares === NOTHING_DECLARED ? `declare it, as gonogo import ${name} proposes` : "say the same in both"}; a line that was misread is put right in its comment: (${parameter}=...)`,
      ),
      ...(item.blocks ? detail(`Or \`gonogo waive\`: ${fingerprint}`) : []),
    ]),
  ];
}

/** Boxes that somebody ticked and that nothing bears out. */
export function claimedSection(record: CheckRecord, { style, sum }: { style: Style; sum: Tally }): string[] {
  if (sum.claimed.length === 0) return [];
  const numbers = sum.claimed.map((each) => String(each.line));
  const name = record.checklist ?? "the checklist";
  const says = `claimed: ${quantity(sum.claimed.length, "line")} of ${name} ticked without evidence: ${listed(numbers, 24)}`;
  return line(style, 2, harmless(says), 4);
}

/**
 * Lines that hold because what their checks look at is not there, although they name no condition: whoever wrote one may
 * have meant something else.
 */
export function mootSection(record: CheckRecord, style: Style): string[] {
  const lines = record.items.filter(isMoot);
  if (lines.length === 0) return [];
  const name = record.checklist ?? "checklist";
  const count = `${quantity(lines.length, "line")} of ${name}`;
  const says = `does not apply: ${count}, and ${lines.length === 1 ? "it names" : "they name"} no condition`;
  return [
    ...line(style, 2, harmless(says), 4),
    ...lines
      .slice(0, MOST_MOOT)
      .flatMap((each) => line(style, 4, harmless(`- ${name}:${each.line} ${each.text}: ${each.reason}`), 4)),
    ...(lines.length > MOST_MOOT ? line(style, 4, `and ${lines.length - MOST_MOOT} more`) : []),
  ];
}

function isMoot({ line: number, state, answeredBy, condition }: ItemRecord): boolean {
  return number !== null && state === "not applicable" && answeredBy === "checks" && condition === null;
}

/** How much of the team's own list is due, and where to see it. */
export function listSection({ items, checklist, environment, release }: CheckRecord, style: Style): string[] {
  const lines = linesOf(items);
  if (lines.length === 0) return [];
  const due = lines.filter((each) => each.state !== "not due").length;
  const name = checklist ?? "the checklist";
  const command = `gonogo ${release ? "status" : "check"} --env ${environment} --all`;
  const says = `${name}: ${due} of ${quantity(lines.length, "line")} due now; \`${command}\` shows each`;
  return line(style, 2, harmless(says), 4);
}
