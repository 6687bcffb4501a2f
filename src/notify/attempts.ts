import { OutsideError, UserError } from "../model/errors.ts";

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const LONGEST_ASKED_MS = 3_600_000;
/** A message older than this would only confuse. */
const GIVE_UP_MS = 24 * 3_600_000;
/** A defect does not mend itself; a few tries in case it was none. */
const TRIES_OF_A_DEFECT = 5;

/**
 * When a message that was not taken is tried again; undefined: never. Pauses double up to five minutes, spread by
 * `chance` (0..1) so that many do not come back together; a receiver that says how long (Retry-After) is obeyed.
 */
export function nextAttemptAt(
  thrown: unknown,
  message: { readonly attempts: number; readonly createdAt: number },
  { now, chance }: { readonly now: number; readonly chance: number },
): number | undefined {
  if (thrown instanceof OutsideError && !thrown.retryable) return undefined;
  const isDefect = !(thrown instanceof OutsideError || thrown instanceof UserError);
  if (isDefect && message.attempts >= TRIES_OF_A_DEFECT) return undefined;
  const doubled = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (message.attempts - 1));
  const asked = thrown instanceof OutsideError ? (thrown.retryAfterMs ?? 0) : 0;
  const spread = Math.round(doubled * (0.8 + 0.4 * chance));
  const pause = Math.max(spread, Math.min(asked, LONGEST_ASKED_MS));
  return now + pause > message.createdAt + GIVE_UP_MS ? undefined : Math.ceil(now + pause);
}
