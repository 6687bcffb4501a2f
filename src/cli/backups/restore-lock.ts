import { lostLock } from "../../deploy/unlock.ts";
import type { World } from "../../wiring.ts";
import type { OpenScene } from "../scene.ts";

/** The environment's lock, as a deploy takes it; what is done under it ends with `signal`. */
export interface RestoreLock extends AsyncDisposable {
  readonly signal: AbortSignal;
}

/**
 * While live data is replaced nobody migrates it, and nobody ends its server. Where nothing runs nobody does. Throws
 * UserError naming who holds the lock.
 */
export async function lockForRestore(world: World, { target }: OpenScene): Promise<RestoreLock> {
  const { who, signal } = world;
  const { address } = await target.status(signal);
  if (address === undefined) return { signal, [Symbol.asyncDispose]: async () => undefined };
  const lease = await target.lock(who, "restore", signal);
  const lost = new AbortController();
  lease.lost.addEventListener("abort", () => lost.abort(lostLock(lease)), { once: true });
  return {
    signal: AbortSignal.any([signal, lost.signal]),
    [Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
  };
}
