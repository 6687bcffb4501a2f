import { join } from "node:path";
import { tryProcessLock } from "../../agent/process-lock.ts";
import { goesOn } from "../../agent/process-tag.ts";
import type { Doors } from "../../model/doors.ts";

const LOOK_AGAIN_MS = 100;

export interface Waiting {
  readonly doors: Doors;
  readonly signal: AbortSignal;
  /** How long another one may go on. */
  readonly waitMs: number;
}

/**
 * Does the work while no other Gonogo does the like; `undefined` when another one was still at it after `waitMs`. A
 * turn whose process is gone is over.
 */
export async function inTurn<Result>(
  turn: string,
  { doors, signal, waitMs }: Waiting,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  const { clock } = doors;
  const deadline = clock.monotonicMs() + waitMs;
  for (;;) {
    await using mine = (await isOverForOlder(turn, doors)) ? await tryProcessLock(`${turn}.lock`) : undefined;
    if (mine) return await work();
    if (clock.monotonicMs() > deadline) return undefined;
    await clock.delay(LOOK_AGAIN_MS, signal);
  }
}

/** To older versions a turn was a directory, and the file "pid" in it, written a moment later, told whose. */
async function isOverForOlder(turn: string, { files }: Doors): Promise<boolean> {
  if ((await files.stat(turn)) === undefined) return true;
  const pid = Number(await files.read(join(turn, "pid")));
  if (pid > 0 && goesOn({ pid })) return false;
  await files.remove(turn);
  return true;
}
