import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../../test/fixtures/local-environment.ts";
import type { Process } from "../model/process.ts";
import type { ScheduleStatus } from "../model/runtime.ts";
import { openClock } from "../system/clock.ts";
import type { Ground } from "./instances/instance.ts";
import { lastLines } from "./instances/log-file.ts";
import { openPortBook } from "./instances/port-book.ts";
import { isRunning } from "./instances/process-table.ts";
import type { ReleaseOnWire } from "./protocol.ts";
import { openSchedules, runsOnDisk, type Schedules } from "./schedules.ts";
import { openStateFolder } from "./state-folder.ts";

let directory: string;
let ground: Ground;
let schedules: Schedules;
let told: string[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "gonogo-schedules-"));
  told = [];
  const tell = (message: string): void => void told.push(message);
  const state = openStateFolder(directory, tell);
  ground = { clock: openClock(), state, tell, ports: await openPortBook(state) };
  schedules = await open();
});
afterEach(async () => {
  await schedules.stop();
  await ground.state.settled();
  await rm(directory, { recursive: true });
});

function open(): Promise<Schedules> {
  const base = { PATH: process.env.PATH ?? "" };
  return openSchedules({ stateDirectory: directory, base, publicHost: "" }, ground);
}

function release(
  id: string,
  start: string,
  schedule: Partial<NonNullable<Process["schedule"]>> = {},
): ReleaseOnWire {
  const tick: Process = {
    name: "tick",
    kind: "schedule",
    start,
    instances: 1,
    routes: [],
    schedule: { timeoutMs: 5_000, ...schedule },
    stopGraceMs: 500,
    memoryLimitBytes: undefined,
    logLimitBytes: 100_000,
  };
  return { id, commit: "c", directory, variables: { GREETING: "hello" }, processes: [tick] };
}

const status = (): ScheduleStatus | undefined => schedules.status()[0];
const finishedAfter = (at: number): Promise<ScheduleStatus | undefined> =>
  until(status, (now) => (now?.lastFinishedAt ?? 0) > at);
const log = (id: string): Promise<string[]> =>
  lastLines(path.join(directory, "logs", id, "tick.0.log"), 10_000);

test("a schedule runs at once, then at its interval, and each run is recorded", async () => {
  schedules.follow(release("r1", 'echo "$GREETING from $GONOGO_RELEASE"', { everyMs: 300 }));
  const first = await finishedAfter(0);
  expect(first).toMatchObject({ process: "tick", everyMs: 300, lastExitCode: 0, failures: 0 });
  const second = await finishedAfter(first?.lastFinishedAt ?? 0);
  expect((second?.lastStartedAt ?? 0) - (first?.lastStartedAt ?? 0)).toBeGreaterThanOrEqual(299);
  // The next is set once the last one is written down; later where this machine has much else to do.
  await until(status, (now) => (now?.nextAt ?? 0) >= (now?.lastStartedAt ?? 0) + 300);
  expect((await log("r1"))[0]).toBe("hello from r1");
});

test("a failing run counts up, a good one starts anew", async () => {
  await writeFile(path.join(directory, "code"), "4");
  schedules.follow(release("r1", "exit $(cat code)", { everyMs: 30 }));
  await until(status, (now) => (now?.failures ?? 0) >= 2);
  expect(status()?.lastExitCode).toBe(4);
  expect(told[0]).toBe("tick ended with code 4");
  await writeFile(path.join(directory, "code"), "0");
  await until(status, (now) => now?.failures === 0);
});

test("runs do not overlap, not even across a switch, and the later ones are the new release's", async () => {
  const line = "echo begin; sleep 0.4; echo end";
  schedules.follow(release("r1", line, { everyMs: 50 }));
  await until(
    () => log("r1"),
    (lines) => lines.includes("begin"),
  );
  schedules.follow(release("r2", line, { everyMs: 50 }));
  expect(await log("r2")).toEqual([]);
  await until(
    () => log("r2"),
    (lines) => lines.length >= 3,
  );
  expect(await log("r1")).toEqual(["begin", "end"]);
  expect((await log("r2")).slice(0, 3)).toEqual(["begin", "end", "begin"]);
});

test("a run that takes too long is ended, with its children", async () => {
  schedules.follow(release("r1", "sleep 100 & sleep 100", { everyMs: 60_000, timeoutMs: 200 }));
  const [run] = await until(
    async () => [...(await runsOnDisk(ground.state)).values()],
    ({ length }) => length === 1,
  );
  await finishedAfter(0);
  expect(status()).toMatchObject({ failures: 1, lastExitCode: undefined });
  expect(told[0]).toBe("tick ran longer than 200 ms: ending it");
  expect(run && isRunning(run)).toBe(false);
});

test("a cron line runs at the next full second, in its time zone", async () => {
  schedules.follow(release("r1", "true", { cron: "* * * * * *", timeZone: "Pacific/Chatham" }));
  const { nextAt = 0 } = (await until(status, (now) => now?.nextAt !== undefined)) ?? {};
  expect(nextAt % 1_000).toBe(0);
  const { lastStartedAt = 0 } = (await finishedAfter(0)) ?? {};
  expect(lastStartedAt).toBeGreaterThanOrEqual(nextAt);
});

test("without a live release nothing runs", async () => {
  schedules.follow(release("r1", "echo ran", { everyMs: 20 }));
  await finishedAfter(0);
  schedules.follow(undefined);
  expect(schedules.status()).toEqual([]);
  // A run that had just begun still writes its line.
  await until(
    async () => {
      const lines = (await log("r1")).length;
      await ground.clock.delay(100);
      return (await log("r1")).length - lines;
    },
    (more) => more === 0,
  );
});

test("a run that goes on while the agent dies is taken over, its exit code with it", async () => {
  const r1 = release("r1", "while [ ! -e go ]; do sleep 0.02; done; exit 6", { everyMs: 60_000 });
  schedules.follow(r1);
  await until(
    async () => (await runsOnDisk(ground.state)).size,
    (size) => size === 1,
  );
  const next = await open();
  next.follow(r1);
  await writeFile(path.join(directory, "go"), "");
  const after = await until(
    () => next.status()[0],
    (now) => now?.lastFinishedAt !== undefined,
  );
  expect(after).toMatchObject({ lastExitCode: 6, failures: 1 });
  expect(await readFile(path.join(directory, "schedules", "tick.code"), "utf8")).toBe("6\n");
  await next.stop();
});
