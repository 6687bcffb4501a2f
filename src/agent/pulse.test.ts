import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Clock } from "../model/doors.ts";
import { BEAT_MS, GONE_LIMIT_MS, keepPulse, lastPulse } from "./pulse.ts";

test("a directory that is gone for a minute is told once, one that comes back is not", async () => {
  const directory = await mkdtemp(join(tmpdir(), "gonogo-pulse-"));
  await writeFile(join(directory, "settings.json"), "{}");
  const away = `${directory}.away`;
  let beats = 0;
  let toldAt: number | undefined;
  /** What somebody does to the directory, by the beat after which it is done. */
  const done: Record<number, () => Promise<unknown>> = {
    1: async () => expect(await lastPulse(directory)).toBe(1_000_000),
    2: () => rename(directory, away),
    8: () => rename(away, directory),
    10: () => rm(directory, { recursive: true }),
  };
  const clock: Clock = {
    now: () => 1_000_000,
    monotonicMs: () => beats * BEAT_MS,
    delay: async () => void (await done[++beats]?.()),
  };
  await keepPulse({
    stateDirectory: directory,
    clock,
    onGone: () => {
      toldAt = beats;
    },
  });
  expect(toldAt).toBe(10 + GONE_LIMIT_MS / BEAT_MS);
  expect(await readdir(directory).catch(() => "nothing")).toBe("nothing");
});
