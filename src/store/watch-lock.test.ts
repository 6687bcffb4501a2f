import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { storeFile } from "../../test/fixtures/store-file.ts";
import { openClock } from "../system/clock.ts";
import { currentWatcher, lockWatch } from "./watch-lock.ts";

const clock = openClock();

test("one watches at a time, and whoever comes second is told who, which process and since when", () => {
  using place = storeFile();
  expect(currentWatcher(place.file)).toBeUndefined();
  const first = lockWatch(place.file, { who: "ada@laptop", pid: 4711 }, clock);
  const since = new Date(first.since).toISOString();
  expect(() => lockWatch(place.file, { who: "grace@laptop", pid: 4712 }, clock)).toThrow(
    `ada@laptop watches it already, process 4711, since ${since}`,
  );
  expect(currentWatcher(place.file)).toMatchObject({ who: "ada@laptop", pid: 4711, since: first.since });
  first[Symbol.dispose]();
  expect(currentWatcher(place.file)).toBeUndefined();
  using second = lockWatch(place.file, { who: "grace@laptop", pid: 4712 }, clock);
  expect(currentWatcher(place.file)).toMatchObject({ who: "grace@laptop", since: second.since });
});

test("a process that was killed holds nothing", async () => {
  using place = storeFile();
  const program = `
    const { lockWatch } = await import(${JSON.stringify(new URL("./watch-lock.ts", import.meta.url).href)});
    globalThis.lock = lockWatch(${JSON.stringify(place.file)}, { who: "ada@laptop", pid: process.pid }, Date);
    process.stdout.write("held");
    setInterval(() => undefined, 1_000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  expect(currentWatcher(place.file)).toMatchObject({ pid: child.pid });
  child.kill("SIGKILL");
  await once(child, "exit");
  using mine = lockWatch(place.file, { who: "grace@laptop", pid: 1 }, clock);
  expect(mine.who).toBe("grace@laptop");
});
