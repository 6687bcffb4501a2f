import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { storeFile } from "../../test/fixtures/store-file.ts";
import { openClock } from "../system/clock.ts";
import type { WatchLock } from "./watch-lease.ts";
import { currentWatcher, lockWatch } from "./watch-lock.ts";

const clock = openClock();
const LEASE = { leaseMs: 600, beatMs: 100 };

/** A watcher in a process of its own, which says "told" whenever it may and why it lost its place. */
async function startWatcher(file: string): Promise<{ child: ChildProcess; said(): string }> {
  const at = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    const { lockWatch } = await import(${at("./watch-lock.ts")});
    const { openClock } = await import(${at("../system/clock.ts")});
    const me = { who: "ada@laptop", pid: process.pid };
    const lock = lockWatch(${JSON.stringify(file)}, me, openClock(), ${JSON.stringify(LEASE)});
    lock.lost.addEventListener("abort", () => process.stdout.write(lock.lost.reason.message));
    process.stdout.write("held");
    setInterval(async () => { await lock.expectHeld(); process.stdout.write(" told"); }, 10);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await once(child.stdout, "data");
  return { child, said: () => said };
}

async function untilFree(take: () => WatchLock): Promise<WatchLock> {
  for (;;) {
    try {
      return take();
    } catch {
      await clock.delay(50);
    }
  }
}

test("one watches at a time, and whoever comes second is told who, which process and since when", async () => {
  using place = storeFile();
  expect(currentWatcher(place.file)).toBeUndefined();
  const first = lockWatch(place.file, { who: "ada@laptop", pid: 4711 }, clock);
  const since = new Date(first.since).toISOString();
  expect(() => lockWatch(place.file, { who: "grace@laptop", pid: 4712 }, clock)).toThrow(
    `ada@laptop watches it already, process 4711, since ${since}, last seen ${since}`,
  );
  expect(currentWatcher(place.file)).toMatchObject({ who: "ada@laptop", pid: 4711, since: first.since });
  await first[Symbol.asyncDispose]();
  expect(currentWatcher(place.file)).toBeUndefined();
  await using second = lockWatch(place.file, { who: "grace@laptop", pid: 4712 }, clock);
  expect(currentWatcher(place.file)).toMatchObject({ who: "grace@laptop", since: second.since });
});

test("a process that was killed holds nothing from that moment on", async () => {
  using place = storeFile();
  const { child } = await startWatcher(place.file);
  expect(currentWatcher(place.file)).toMatchObject({ pid: child.pid });
  child.kill("SIGKILL");
  await once(child, "exit");
  await using mine = lockWatch(place.file, { who: "grace@laptop", pid: 1 }, clock);
  expect(mine.who).toBe("grace@laptop");
});

test("one that stands still is taken over from after its lease, and tells nothing when it goes on", async () => {
  using place = storeFile();
  const { child, said } = await startWatcher(place.file);
  try {
    await expect.poll(said).toContain("told");
    child.kill("SIGSTOP");
    const me = { who: "grace@laptop", pid: 1 };
    expect(() => lockWatch(place.file, me, clock, LEASE)).toThrow("watches it already");
    await using mine = await untilFree(() => lockWatch(place.file, me, clock, LEASE));
    expect(currentWatcher(place.file)).toMatchObject({ who: "grace@laptop", since: mine.since });
    const before = said();
    child.kill("SIGCONT");
    await expect
      .poll(said)
      .toMatch(/this process stood still for .*, and grace@laptop \(process 1\) watches now/);
    expect(said().slice(before.length)).not.toContain("told");
  } finally {
    child.kill("SIGKILL");
  }
});

test("one that stood still and was not replaced goes on", async () => {
  using place = storeFile();
  const { child, said } = await startWatcher(place.file);
  try {
    child.kill("SIGSTOP");
    await clock.delay(2 * LEASE.leaseMs);
    const before = said().length;
    child.kill("SIGCONT");
    await expect.poll(() => said().slice(before)).toContain("told");
  } finally {
    child.kill("SIGKILL");
  }
});
