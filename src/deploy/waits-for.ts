import type { Item } from "../model/item.ts";
import type { Stage } from "../model/phase.ts";
import { isAfterLaunch } from "../model/phase-times.ts";

/** What only `gonogo serve` sees. */
const WATCHERS = /^(?:slo|uptime|alert)\./;
const PROMISES = /^slo\./;

/**
 * Whether a deploy waits for the answer. A drill needs a live release, a look back needs the time it is about, and
 * what people try out in an environment they try on what is deployed there: it comes due with the next stage.
 * Whether promises hold is such a look back, too: a bake measures them itself. That somebody watches and is told
 * is asked of production only.
 */
export function deployWaitsFor(
  { phase, answeredBy }: Pick<Item, "phase" | "answeredBy">,
  stage: Stage,
): boolean {
  const { by } = answeredBy;
  if (by === "checks" && answeredBy.checks.length > 0) {
    const unseen = stage === "production" ? PROMISES : WATCHERS;
    if (answeredBy.checks.every(({ check }) => unseen.test(check))) return false;
  }
  if (by === "drill" || isAfterLaunch(phase)) return false;
  return by !== "person" || phase !== stage || stage === "production";
}
