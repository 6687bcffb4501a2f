import { quantity } from "../../../model/quantity.ts";
import type { AnswerRecord, CheckRecord } from "../contracts/check.ts";
import { harmless } from "../plain-text.ts";
import { line, listed, type Style } from "./line.ts";

/** Answers that are missing for one and the same reason. */
export interface Cause {
  readonly says: string;
  readonly answers: readonly AnswerRecord[];
}

/** Answers of one kind of "not known" by reason, in order of appearance. */
export function causesOf(answers: readonly AnswerRecord[]): Cause[] {
  const causes = new Map<string, AnswerRecord[]>();
  for (const answer of answers) {
    const says = sayingOf(answer);
    if (says === undefined) continue;
    const known = causes.get(says) ?? [];
    known.push(answer);
    causes.set(says, known);
  }
  return [...causes].map(([says, each]) => ({ says, answers: each }));
}

/** "not evaluated: postgres.connection: connection refused 127.0.0.1:5433" */
function sayingOf({ state, reason, outcome }: AnswerRecord): string | undefined {
  if (state === "stale") return `stale: ${reason}`;
  if (state === "unanswered") return reason;
  if (state !== "unknown") return undefined;
  const cause = outcome?.status === "unknown" ? outcome.cause : undefined;
  const told = cause === undefined || reason.startsWith(cause) ? reason : `${cause}: ${reason}`;
  return `not evaluated: ${told}`;
}

/**
 * Reasons that keep lines of several components from being answered, told before everything else; `told` are the
 * answers that need no further word.
 */
export function rootCauses(
  record: CheckRecord,
  style: Style,
): { lines: string[]; told: ReadonlySet<AnswerRecord> } {
  const due = record.answers.filter((each) => each.due);
  const wide = byReasonAlone(due).filter((cause) => componentsOf(cause).length > 1);
  return {
    lines: wide.flatMap((cause) => [
      ...line(style, 2, `? ${quantity(cause.answers.length, "line")} ${harmless(cause.says)}`, 2),
      ...line(
        style,
        6,
        harmless(
          listed(
            componentsOf(cause).map((name) => shareOf(name, cause)),
            20,
          ),
        ),
      ),
      "",
    ]),
    told: new Set(wide.flatMap((cause) => cause.answers)),
  };
}

/** Each component observes its own facts, so one cause has as many fact ids as components feel it. */
function byReasonAlone(answers: readonly AnswerRecord[]): Cause[] {
  const byReason = Map.groupBy(
    answers.filter((each) => sayingOf(each) !== undefined),
    ({ state, reason }) => `${state}\n${reason}`,
  );
  return [...byReason.values()].map((each) => {
    const sayings = new Set(each.map(sayingOf));
    const [only = ""] = sayings;
    const reason = each[0]?.reason ?? "";
    return { says: sayings.size === 1 ? only : `not evaluated: ${reason}`, answers: each };
  });
}

function componentsOf(cause: Cause): string[] {
  return [...new Set(cause.answers.map((each) => each.component))];
}

function shareOf(component: string, cause: Cause): string {
  return `${component} (${cause.answers.filter((each) => each.component === component).length})`;
}
