import type { Item } from "../model/item.ts";
import type { Stage } from "../model/phase.ts";
import { isAfterLaunch } from "../model/phase-times.ts";

/**
 * Whether a deploy waits for the answer. A drill needs a live release, a look back needs the time it is about, and
 * what people try out in an environment they try on what is deployed there: it comes due with the next stage.
 */
export function deployWaitsFor(
  { phase, answeredBy: { by } }: Pick<Item, "phase" | "answeredBy">,
  stage: Stage,
): boolean {
  if (by === "drill" || isAfterLaunch(phase)) return false;
  return by !== "person" || phase !== stage || stage === "production";
}
