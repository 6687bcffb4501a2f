import { cpSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WatchRecord } from "../../src/cli/output/contracts/watch.ts";
import { openMeasurements } from "../../src/store/measurements/open-measurements.ts";
import { openDoors } from "../../src/system/doors.ts";
import { createProject, type Project } from "../fixtures/project.ts";
import { mountSmallDisk } from "../fixtures/small-disk.ts";
import { typed } from "../fixtures/typed.ts";
import { readingOf } from "../fixtures/watched.ts";

const doors = openDoors();
let project: Project;
beforeAll(() => {
  project = createProject();
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function look() {
  const { code, stdout } = await typed(project, ["watch", "--once", "--env", "staging", "--format", "json"]);
  return { code, record: JSON.parse(stdout) as WatchRecord };
}

async function write(monitor: string, state: "up" | "down"): Promise<void> {
  const directory = path.join(project.directory, ".gonogo/staging/measurements");
  await using store = await openMeasurements(directory, { ...doors, writes: true });
  await store.append([readingOf(monitor, state, doors.clock.now())]);
}

it("one look fails while something is down, not while that is only good to know", async () => {
  const { monitors } = (await look()).record;
  const shown = monitors.find(({ shownOnly }) => shownOnly)?.id ?? "";
  const told = monitors.find(({ shownOnly }) => !shownOnly)?.id ?? "";
  await write(shown, "down");
  expect(await look()).toMatchObject({
    code: 0,
    record: { tally: { up: 0, down: 0, noted: 1, unknown: 0, silent: monitors.length - 1 } },
  });
  expect((await typed(project, ["watch", "--once", "--env", "staging"])).stdout).toContain(
    "0 up  0 down  0 unknown",
  );
  await write(told, "down");
  expect(await look()).toMatchObject({ code: 1, record: { tally: { down: 1, noted: 1 } } });
  expect((await typed(project, ["watch", "--once", "--env", "staging"])).stdout).toContain(
    "0 up  1 down  0 unknown",
  );
});

it("answers on a full disk what it saw before, and says that nothing more is kept", async () => {
  await write("api/up", "up");
  using disk = mountSmallDisk(8);
  cpSync(project.directory, disk.directory, { recursive: true });
  disk.fill();
  const there = { ...project, directory: disk.directory };
  const text = await typed(there, ["watch", "--once", "--env", "staging"]);
  expect(text).toMatchObject({ code: 1, stdout: expect.stringMatching(/^1 up /m) });
  expect(text.stderr).toContain("no space left on the disk");
  expect(text.stderr).toContain("Fix: free some space");
  const { stdout } = await typed(there, ["watch", "--once", "--env", "staging", "--format", "json"]);
  expect((JSON.parse(stdout) as WatchRecord).monitors).toContainEqual(
    expect.objectContaining({ id: "api/up", state: "up", at: expect.any(Number) }),
  );
});
