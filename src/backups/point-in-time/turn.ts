import { join } from "node:path";
import type { Doors } from "../../model/doors.ts";
import { isAlive } from "../temporary.ts";

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
  const { files, shell, clock } = doors;
  const holder = join(turn, "pid");
  const deadline = clock.monotonicMs() + waitMs;
  for (;;) {
    // Of all that try to make a directory one succeeds.
    const made = await shell.run({ file: "mkdir", args: ["--", turn], timeoutMs: 10_000 });
    if (made.code === 0) break;
    const pid = (await files.read(holder))?.trim();
    if (pid !== undefined && !(await isAlive(pid, doors))) await files.remove(turn);
    else if (clock.monotonicMs() > deadline) return undefined;
    else await clock.delay(LOOK_AGAIN_MS, signal);
  }
  try {
    await files.write(holder, `${process.pid}\n`, { mode: 0o600 });
    return await work();
  } finally {
    await files.remove(turn);
  }
}
