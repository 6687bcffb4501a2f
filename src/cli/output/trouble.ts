import type { AnswerRecord } from "./contracts/check.ts";

/** What is wrong or weak, and what to do about it. */
export interface ToldTrouble {
  readonly summary: string;
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
  /** By its check it would be right: a line of the checklist asks for more. */
  readonly isOfLine: boolean;
}

/** Undefined: nothing is wrong, or it could not be told. */
export function troubleOf({ outcome, state, reason }: AnswerRecord): ToldTrouble | undefined {
  if (!outcome || outcome.status === "unknown") return undefined;
  if (state === "failing" && outcome.status !== "fail") {
    return {
      summary: reason,
      found: outcome.status === "not applicable" ? outcome.reason : outcome.summary,
      expected: "what the line asks for beyond its check",
      fix: "make it so, or say in the line's comment what it means: gonogo import --explain LINE shows what was read",
      isOfLine: true,
    };
  }
  return outcome.status === "fail" || outcome.status === "warn" ? { ...outcome, isOfLine: false } : undefined;
}
