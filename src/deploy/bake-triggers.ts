import type { Answer } from "../assess/ask.ts";
import type { RollbackTrigger } from "../model/rollback-trigger.ts";
import type { Traffic } from "../model/target.ts";
import { percent } from "./percent.ts";

/** Fewer requests than this say nothing about a rate. */
const MINIMUM_REQUESTS = 20;

/** The first trigger that the new release's own traffic sets off; one that was as bad before it is not its doing. */
export function trafficTrigger(
  triggers: readonly RollbackTrigger[],
  { now, old }: { now: Traffic | undefined; old: Traffic | undefined },
): string | undefined {
  if (!now || now.requests < MINIMUM_REQUESTS) return undefined;
  const rate = now.failed / now.requests;
  const oldRate = old && old.requests >= MINIMUM_REQUESTS ? old.failed / old.requests : 0;
  const limit = triggers.flatMap((each) => (each.on === "errors" ? [each.above] : []))[0];
  if (limit === undefined || rate <= limit || rate <= 2 * oldRate) return undefined;
  return `${percent(rate)} of ${now.requests} requests failed; more than ${percent(limit)} rolls back`;
}

/** Checks and components a bake asks again and again, because one of them failing sends the release back. */
export function askedBy(triggers: readonly RollbackTrigger[]): string[] {
  const names = triggers.flatMap((each) => {
    if (each.on === "check") return [each.check];
    return each.on === "component" ? [each.component] : [];
  });
  return [...new Set(names)];
}

/** The first of the answers that sets a trigger off: a failing check that is named, or that blocks a launch. */
export function answerTrigger(
  triggers: readonly RollbackTrigger[],
  answers: readonly Answer[],
): string | undefined {
  for (const { check, subject, outcome } of answers) {
    if (outcome.status !== "fail") continue;
    const isSetOff = triggers.some((each) => {
      if (each.on === "check") {
        return (
          each.check === check.id && (each.component === undefined || each.component === subject.component)
        );
      }
      return each.on === "component" && each.component === subject.component && check.severity === "blocker";
    });
    if (isSetOff) return `${subject.component}: ${check.id} fails: ${outcome.summary}`;
  }
  return undefined;
}
