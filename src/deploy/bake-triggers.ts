import type { Answer } from "../assess/ask.ts";
import { formatDuration } from "../model/duration.ts";
import type { RollbackTrigger } from "../model/rollback-trigger.ts";
import { percent } from "./percent.ts";
import { failsAbove, type Percentile, slowerThan, type TrafficFigures } from "./traffic-limits.ts";

type TrafficTrigger = Extract<RollbackTrigger, { readonly on: "errors" | Percentile }>;

/** What users are answered sets it off, rather than what is asked of the application. */
export function isOfTraffic(trigger: RollbackTrigger): trigger is TrafficTrigger {
  return trigger.on === "errors" || trigger.on === "p50" || trigger.on === "p95" || trigger.on === "p99";
}

/** The first trigger that the new release's own traffic sets off; one that was as bad before it is not its doing. */
export function trafficTrigger(
  triggers: readonly RollbackTrigger[],
  figures: TrafficFigures,
): string | undefined {
  for (const trigger of triggers.filter(isOfTraffic)) {
    const reason = trafficReason(trigger, figures);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function trafficReason(trigger: TrafficTrigger, figures: TrafficFigures): string | undefined {
  if (trigger.on === "errors") {
    const failing = failsAbove(trigger.above, figures);
    return failing && `${failing}; more than ${percent(trigger.above)} rolls back`;
  }
  const slow = slowerThan(trigger.aboveMs, trigger.on, figures);
  return slow && `${slow}; more than ${formatDuration(trigger.aboveMs)} rolls back`;
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
