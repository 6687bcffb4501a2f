import type { Release } from "../model/release.ts";
import { StepFailed } from "./journal.ts";
import type { Findings } from "./run.ts";

/**
 * Retires the release that was replaced. The switch stands by then: that this fails, or is stopped by a person, takes
 * nothing back, and the target retires by itself what nobody tells it to.
 */
export async function retireStanding(
  { told }: Pick<Findings, "told">,
  before: Pick<Release, "id"> | undefined,
  retire: () => Promise<void>,
): Promise<void> {
  try {
    await retire();
  } catch (thrown) {
    if (!(thrown instanceof StepFailed)) throw thrown;
    const left = before === undefined ? "" : `; the target stops ${before.id} by itself, in some minutes`;
    told.push(`nothing was tidied up: ${thrown.message}${left}`);
  }
}
