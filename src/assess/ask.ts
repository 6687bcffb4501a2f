import type { Observation, Observer } from "../facts/observer.ts";
import type { AnyCheck, Needs } from "../model/check.ts";
import { messageOf } from "../model/errors.ts";
import type { FactTrace } from "../model/evidence.ts";
import { notApplicable, type Outcome, undeclared, unknown } from "../model/outcome.ts";
import type { Subject } from "../model/subject.ts";

export interface Answer {
  readonly subject: Subject;
  readonly check: AnyCheck;
  readonly outcome: Outcome;
  readonly facts: readonly FactTrace[];
}

/** Observes what one check needs and asks it. A throwing check is our bug: unknown, and the run goes on. */
export async function ask(observer: Observer, subject: Subject, check: AnyCheck): Promise<Answer> {
  const names = Object.entries(check.needs as Needs);
  const observations = await Promise.all(
    names.map(async ([name, fact]) => [name, await observer.observe(subject, fact)] as const),
  );
  return {
    subject,
    check,
    outcome: outcomeOf(check, subject, observations),
    facts: observations.map(([, observation]) => observation.trace),
  };
}

function outcomeOf(
  check: AnyCheck,
  subject: Subject,
  observations: readonly (readonly [string, Observation<unknown>])[],
): Outcome {
  const values: Record<string, unknown> = {};
  for (const [name, observation] of observations) {
    if (observation.seen) {
      values[name] = observation.value;
      continue;
    }
    if (!observation.applies)
      return (observation.undeclared ? undeclared : notApplicable)(observation.reason);
  }
  for (const [, observation] of observations) {
    if (!observation.seen && observation.applies) return unknown(observation.reason, observation.cause);
  }
  try {
    return check.run(values as never, subject as never);
  } catch (thrown) {
    return unknown(`the check itself failed, a bug in Gonogo: ${messageOf(thrown)}`, check.id);
  }
}
