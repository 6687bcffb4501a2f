import type { AnswerRecord, CheckRecord, ItemRecord } from "./contracts/check.ts";

/** What a record comes to, as its closing line counts it. Only what is due counts. */
export interface Tally {
  readonly checks: number;
  readonly blockers: readonly AnswerRecord[];
  readonly notEvaluated: readonly AnswerRecord[];
  readonly stale: readonly AnswerRecord[];
  readonly unanswered: readonly AnswerRecord[];
  /** A line asks for them, and nothing is declared that they could look at. */
  readonly undeclared: readonly AnswerRecord[];
  readonly warnings: readonly AnswerRecord[];
  readonly notes: readonly AnswerRecord[];
  readonly waived: readonly AnswerRecord[];
  readonly unsigned: readonly ItemRecord[];
  /** Lines that are answered by a drill which was never held. */
  readonly notDrilled: readonly ItemRecord[];
  /** Lines that nothing answers: bound to nobody, or to a check that no component has. */
  readonly unbound: readonly ItemRecord[];
  /** Lines that say otherwise than the declaration and are held against it. */
  readonly contradicting: readonly ItemRecord[];
  /** Ticked in the checklist, and nothing shows that they are so. */
  readonly claimed: readonly ItemRecord[];
}

const UNSHOWN: ReadonlySet<ItemRecord["state"]> = new Set([
  "failing",
  "unknown",
  "stale",
  "unanswered",
  "unsigned",
]);

/** Lines of the checklist, each once: with what its checks leave open, where that alone was asked for. */
export function linesOf(items: readonly ItemRecord[]): ItemRecord[] {
  const ids = new Set(items.map(({ id }) => id));
  return items.filter(({ line, restOf }) => line !== null && (restOf === null || !ids.has(restOf)));
}

/** All that was asked for is due later. */
export function isNothingDue({ items, answers }: CheckRecord): boolean {
  return answers.length > 0 && items.every(({ state }) => state === "not due");
}

function isUndeclared({ outcome }: AnswerRecord): boolean {
  return outcome?.status === "not applicable";
}

export function tally(record: CheckRecord): Tally {
  const due = record.answers.filter((each) => each.due);
  const inState = (state: AnswerRecord["state"]): AnswerRecord[] =>
    due.filter((each) => each.state === state);
  const warnings = inState("warning");
  const answered = new Set(record.answers.flatMap((each) => each.items));
  const open = record.items.filter((each) => each.state === "unanswered" && !answered.has(each.id));
  return {
    checks: record.answers.filter(({ outcome }) => outcome && outcome.status !== "not applicable").length,
    blockers: inState("failing"),
    notEvaluated: inState("unknown"),
    stale: inState("stale"),
    unanswered: inState("unanswered").filter((each) => !isUndeclared(each)),
    undeclared: inState("unanswered").filter(isUndeclared),
    warnings: warnings.filter((each) => each.severity !== "info"),
    notes: warnings.filter((each) => each.severity === "info"),
    waived: inState("waived"),
    unsigned: record.items.filter((each) => each.state === "unsigned"),
    notDrilled: open.filter((each) => each.answeredBy === "drill"),
    unbound: open.filter((each) => each.answeredBy !== "drill"),
    contradicting: record.items.filter((each) => each.contradictions.length > 0 && each.state === "failing"),
    claimed: linesOf(record.items).filter(
      ({ id, claimed }) =>
        claimed &&
        record.items.some((each) => (each.id === id || each.restOf === id) && UNSHOWN.has(each.state)),
    ),
  };
}
