import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeLaunchLock } from "./launch-lock.ts";

const signal = new AbortController().signal;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-test-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("is held by one at a time, also where many find the lock of a command that is gone", async () => {
  for (let round = 0; round < 20; round++) {
    // The number is this process's, which did not start then.
    const gone = { pid: process.pid, startedTicks: "00000000:1", name: `round ${round}` };
    writeFileSync(path.join(directory, "launch.lock"), JSON.stringify(gone));
    let held = 0;
    const take = async (): Promise<number> => {
      await using _ = await takeLaunchLock(directory, signal);
      held += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      const all = held;
      held -= 1;
      return all;
    };
    expect(await Promise.all([take(), take(), take(), take(), take(), take()])).toEqual([1, 1, 1, 1, 1, 1]);
  }
  expect(readdirSync(directory)).toEqual([]);
}, 60_000);

it("takes a lock that was written by halves", async () => {
  writeFileSync(path.join(directory, "launch.lock"), "{");
  await using _ = await takeLaunchLock(directory, signal);
  expect(readdirSync(directory)).toContain("launch.lock");
});
