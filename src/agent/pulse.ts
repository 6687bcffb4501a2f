import { stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../model/doors.ts";

const BEAT_MS = 5_000;

const fileOf = (stateDirectory: string): string => join(stateDirectory, "pulse");

/** When the agent of this directory last said that it is there; milliseconds since 1970 UTC. */
export async function lastPulse(stateDirectory: string): Promise<number | undefined> {
  return (await stat(fileOf(stateDirectory)).catch(() => undefined))?.mtimeMs;
}

/** Leaves signs of life: of an agent that was killed they are all that tells when. */
export async function keepPulse(stateDirectory: string, clock: Clock): Promise<void> {
  const file = fileOf(stateDirectory);
  for (;;) {
    const now = new Date(clock.now());
    // On a disk that is full there are none, which is told elsewhere.
    await utimes(file, now, now).catch(() => writeFile(file, "").catch(() => undefined));
    await clock.delay(BEAT_MS);
  }
}
