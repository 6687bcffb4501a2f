import { join } from "node:path";
import { pause } from "./client.ts";
import { tryProcessLock } from "./process-lock.ts";

const POLL_MS = 50;

/**
 * Held by whoever starts or ends the agent of this directory: two commands at once must not start two parents, and what
 * one has just started the other must not end. A lock whose holder is gone does not count. Throws UserError.
 */
export async function takeLaunchLock(stateDirectory: string, signal: AbortSignal): Promise<AsyncDisposable> {
  const path = join(stateDirectory, "launch.lock");
  for (;;) {
    const lock = await tryProcessLock(path);
    if (lock) return lock;
    await pause(POLL_MS, signal);
  }
}
