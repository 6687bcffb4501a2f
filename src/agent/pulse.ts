import { stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../model/doors.ts";

export const BEAT_MS = 5_000;
/** Who moves a directory and brings it back, or whose disk is away for a moment, loses nothing. */
export const GONE_LIMIT_MS = 60_000;

const fileOf = (stateDirectory: string): string => join(stateDirectory, "pulse");

/** When the agent of this directory last said that it is there; milliseconds since 1970 UTC. */
export async function lastPulse(stateDirectory: string): Promise<number | undefined> {
  return (await stat(fileOf(stateDirectory)).catch(() => undefined))?.mtimeMs;
}

/**
 * Whether the directory was deleted. Its settings are written by whoever starts the agent and by nobody else: what the
 * agent itself writes into the place later does not make it the one that was there.
 */
export async function isGone(stateDirectory: string): Promise<boolean> {
  return await stat(join(stateDirectory, "settings.json")).then(
    () => false,
    (thrown: NodeJS.ErrnoException) => thrown.code === "ENOENT" || thrown.code === "ENOTDIR",
  );
}

async function beat(file: string, now: Date): Promise<void> {
  await writeFile(file, "", { flag: "a", mode: 0o600 });
  await utimes(file, now, now);
}

interface Pulse {
  readonly stateDirectory: string;
  readonly clock: Clock;
  /** Called once, when the directory has been gone for `GONE_LIMIT_MS`. */
  onGone(): void;
}

/** Leaves signs of life: of an agent that was killed they are all that tells when. */
export async function keepPulse({ stateDirectory, clock, onGone }: Pulse): Promise<void> {
  const file = fileOf(stateDirectory);
  let goneSince: number | undefined;
  for (;;) {
    if (await isGone(stateDirectory)) {
      goneSince ??= clock.monotonicMs();
      if (clock.monotonicMs() - goneSince >= GONE_LIMIT_MS) return onGone();
    } else {
      goneSince = undefined;
      // On a disk that is full there are none, which is told elsewhere.
      await beat(file, new Date(clock.now())).catch(() => undefined);
    }
    await clock.delay(BEAT_MS);
  }
}
