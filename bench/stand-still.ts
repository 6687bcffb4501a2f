import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { createLiveBoard } from "../src/api/live-board.ts";
import { readWatch } from "../src/cli/watch-seen.ts";
import type { Launch } from "../src/model/launch.ts";
import type { Reading } from "../src/model/monitor.ts";
import { openStore } from "../src/store/open-store.ts";
import { watchPlaceOf } from "../src/store/watch-place.ts";
import { openDoors } from "../src/system/doors.ts";

export const title = "how long the loop of gonogo serve stands still when a check asks what is watched";

const ROUNDS = 15;
const PAUSE_MS = 20;
type Report = (line: string) => void;

export async function run(report: Report): Promise<void> {
  for (const monitors of [500, 5_000, 20_000]) await compare(monitors, report);
}

/** As it was, the files read beside those that are held open, and from what the watcher has in memory; in turn. */
async function compare(monitors: number, report: Report): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), "bench-own-sight-"));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const doors = opened.use(openDoors());
  const store = opened.use(await openStore(path.join(directory, "gonogo.db"), doors.clock, doors.random));
  const request = { store, environment: { name: "bench" }, directory, doors };
  const measurements = opened.use(await watchPlaceOf(request).openMeasurements({ writes: true }));
  const at = doors.clock.now();
  const readings = Array.from({ length: monitors }, (_, index) => readingOf(index, at));
  // What was seen last is in the catalogue after fifteen seconds, or when a state has changed: all of it, here.
  await measurements.append(readings);
  const board = createLiveBoard(await measurements.latest());
  const watcher = { who: "bench", since: at };
  const launch = {
    promises: { availability: undefined, latency: {}, errors: undefined, rollbackMs: undefined },
    alerts: { channels: [], routes: [], thresholds: [] },
    components: [],
  } as unknown as Launch;
  const stood = { read: [] as number[], own: [] as number[] };
  const latest = (): Reading[] => [...board.standings.values()].map(({ reading }) => reading);
  for (let round = 0; round < ROUNDS; round++) {
    stood.read.push(await stoodStill(() => readWatch(launch, request)));
    stood.own.push(await stoodStill(() => readWatch(launch, request, { watcher, latest: latest() })));
  }
  report(
    `${monitors} monitors: files read ${told(stood.read)}; from memory ${told(stood.own)} (medians of ${ROUNDS})`,
  );
}

/** Longest delay of the loop while something is done, in ms; what the timer that looks costs is in it. */
async function stoodStill(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await wait(PAUSE_MS);
  delays.reset();
  // What comes before its first look is not seen.
  await wait(PAUSE_MS);
  await work();
  await wait(PAUSE_MS);
  delays.disable();
  return delays.max / 1e6;
}

function told(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  return `${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1)} ms, worst ${(sorted.at(-1) ?? 0).toFixed(1)} ms`;
}

function readingOf(index: number, at: number): Reading {
  const state = index % 100 === 0 ? "down" : "up";
  const detail = `answered with ${index}`;
  return {
    monitor: `part-${index % 50}/probe-${index}`,
    at,
    state,
    tookMs: 5 + (index % 40),
    release: "r1",
    detail,
  };
}
