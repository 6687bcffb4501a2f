import { quantity } from "../../../model/quantity.ts";
import type { CheckRecord } from "../contracts/check.ts";
import { harmless } from "../plain-text.ts";
import { isNothingDue, type Tally } from "../tally.ts";
import { line, listed, type Style, sectionLine } from "./line.ts";

/** Of a list of two hundred lines, a hundred names hide all that stands around them. */
const MOST_NAMES = 8;

/** Items that a named person answers. */
export function peopleSection(record: CheckRecord, style: Style): string[] {
  const items = record.items.filter((each) => each.answeredBy === "person" && each.state !== "not due");
  if (items.length === 0) return [];
  const missing = items.filter((each) => each.state === "unsigned");
  // What a check of the line's saw fail stands at that check.
  const open = items.filter((each) => each.state === "unsigned" || each.state === "failing").length;
  const ids = harmless(
    listed(
      missing.map((each) => each.id),
      MOST_NAMES,
    ),
  );
  return sectionLine(style, {
    name: "people",
    passed: items.length - open,
    of: items.length,
    says:
      missing.length > 0
        ? `${quantity(missing.length, "sign-off")} missing: ${ids}`
        : open > 0
          ? "NO-GO"
          : "GO",
    good: open === 0,
  });
}

/** Lines that nothing answers yet, and lines whose drill was never held. */
export function openSections({ notDrilled, unbound }: Tally, style: Style): string[] {
  return [...openSection("drills", notDrilled, style), ...openSection("unbound", unbound, style)];
}

function openSection(name: string, open: Tally["unbound"], style: Style): string[] {
  if (open.length === 0) return [];
  const reasons = new Set(open.map(({ reason }) => reason));
  // A whole list that nobody has imported yet says it once.
  const [together] = open.length > 1 && reasons.size === 1 ? reasons : [];
  return [
    ...sectionLine(style, { name, passed: 0, of: open.length, says: "NO-GO", good: false }),
    ...(together === undefined ? [] : line(style, 4, harmless(`? ${open.length} lines: ${together}`), 4)),
    ...open.slice(0, 20).flatMap((each) => {
      const said = `${each.line === null ? "" : `line ${each.line} `}${each.text}`;
      return together === undefined
        ? line(style, 4, harmless(`? ${said}: ${each.reason}`), 4)
        : line(style, 6, harmless(said), 4);
    }),
    ...(open.length > 20 ? line(style, 4, `and ${open.length - 20} more`) : []),
  ];
}

/** What fails already although it is due only later: seen early it is cheap. */
export function laterSection(record: CheckRecord, style: Style): string[] {
  const failing = record.answers.filter(
    (each) => !each.due && (each.state === "failing" || each.state === "unknown"),
  );
  if (failing.length === 0 || isNothingDue(record)) return [];
  const named = failing.map((each) => `${each.check} (${each.phase})`);
  return line(style, 2, `later: ${quantity(failing.length, "line")} not yet due: ${listed(named, 8)}`, 4);
}
