import { questionsOf } from "../assess/question.ts";
import type { AnyCheck } from "../model/check.ts";
import type { Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import type { Stage } from "../model/phase.ts";
import { isAfterLaunch } from "../model/phase-times.ts";

/** By check id, for those that not every deploy waits for. */
export type Gates = ReadonlyMap<string, AnyCheck["gates"]>;

export function gatesOf(launch: Launch): Gates {
  return new Map(questionsOf(launch).map(({ check }) => [check.id, check.gates]));
}

/**
 * Whether a deploy waits for the answer. A drill needs a live release, a look back needs the time it is about, and
 * what people try out in an environment they try on what is deployed there: it comes due with the next stage.
 */
export function deployWaitsFor(
  { phase, answeredBy }: Pick<Item, "phase" | "answeredBy">,
  { stage, gates }: { stage: Stage; gates: Gates },
): boolean {
  const { by } = answeredBy;
  if (by === "checks" && answeredBy.checks.length > 0) {
    const isWaited = (check: string): boolean => (gates.get(check) ?? stage) === stage;
    if (!answeredBy.checks.some(({ check }) => isWaited(check))) return false;
  }
  if (by === "drill" || isAfterLaunch(phase)) return false;
  return by !== "person" || phase !== stage || stage === "production";
}
