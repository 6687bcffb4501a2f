import { messageOf } from "../model/errors.ts";
import type { Lease } from "../model/target.ts";
import { type Journal, StepFailed } from "./journal.ts";

const UNLOCK_LIMIT_MS = 60_000;

/** Gives the lock back. That it could not is told as a step of its own, and changes nothing of what the deploy has come to. */
export async function unlock(journal: Journal, lease: Lease): Promise<void> {
  try {
    await journal.step("unlock", { timeoutMs: UNLOCK_LIMIT_MS, always: true }, () => lease.release());
  } catch (thrown) {
    if (!(thrown instanceof StepFailed)) throw thrown;
  }
}

/** For whoever worked under it when it went: why nothing more may be done. */
export function lostLock({ lost }: Lease): Error {
  return new Error(`the lock was lost: ${messageOf(lost.reason).replace(/^the lease is lost: /, "")}`);
}
