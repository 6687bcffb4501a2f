import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { apiHandler } from "../src/api/api-handler.ts";
import { createLiveBoard } from "../src/api/live-board.ts";
import type { Environment, Launch } from "../src/model/launch.ts";
import type { Monitor, Reading } from "../src/model/monitor.ts";
import { openMeasurements } from "../src/store/measurements/open-measurements.ts";
import { openStore } from "../src/store/open-store.ts";
import { openDoors } from "../src/system/doors.ts";
import { openHttpListener } from "../src/system/http-listener.ts";
import { NO_ALERTS } from "../test/fixtures/no-alerts.ts";

export const title = "the watch's API and pages with 5,000 monitors";

const MONITORS = 5_000;
const ROUNDS = 15;

export async function run(report: (line: string) => void): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), "gonogo-bench-api-"));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const doors = opened.use(openDoors());
  const store = opened.use(await openStore(path.join(directory, "gonogo.db"), doors.clock, doors.random));
  const place = path.join(directory, "measurements");
  const measurements = opened.use(await openMeasurements(place, { ...doors, writes: true }));
  const monitors = Array.from({ length: MONITORS }, (_, index) => monitorNumber(index));
  await measurements.declare(monitors);
  const board = createLiveBoard();
  const readings = monitors.map(({ id }, index) => readingOf(id, index, doors.clock.now()));
  await measurements.append(readings);
  board.take(readings);
  const key = (await store.keys.add({ name: "bench", scope: "read", madeBy: "bench" })).reveal();
  const handler = apiHandler({
    launch: { name: "bench", components: [], alerts: NO_ALERTS, statusPage: shown() } as unknown as Launch,
    environment: { name: "bench" } as Environment,
    store,
    measurements,
    monitors,
    board,
    clock: doors.clock,
    promises: () => [],
    channels: async () => [],
    figures: () => ({ tasks: MONITORS, readings: MONITORS, lag: { p99Ms: 0 }, lost: 0 }),
    backups: async () => undefined,
    liveRelease: async () => "r1",
    release: {
      wayBack: async () => undefined,
      goBack: async () => "nothing is live in a bench",
      underWay: undefined,
    },
  });
  const listener = opened.use(
    await openHttpListener({ host: "127.0.0.1", port: 0, handlers: [handler], onTrouble: report }),
  );
  const url = `http://127.0.0.1:${listener.port}`;
  for (const where of ["/api/v1/monitors", "/", "/status", "/api/v1/metrics"]) {
    const seen = [];
    for (let round = 0; round < ROUNDS; round++) seen.push(await ask(url + where, key));
    const first = seen.map(({ firstByteMs }) => firstByteMs).sort((a, b) => a - b);
    const bytes = seen[0]?.bytes ?? 0;
    report(
      `${where}: first byte after ${median(first)} ms (worst of ${ROUNDS} ${first.at(-1)?.toFixed(0)} ms), ${(bytes / 1_024).toFixed(0)} KiB compressed`,
    );
  }
}

function monitorNumber(index: number): Monitor {
  const component = `part-${index % 50}`;
  return {
    id: `${component}/probe-${index}`,
    component,
    check: undefined,
    title: `probe ${index} is answered`,
    consequence: "Somebody waits.",
    severity: index % 10 === 0 ? "P0" : "P2",
    every: "20s",
    dependsOn: [],
    confirm: { failures: 2, successes: 2 },
  };
}

function readingOf(monitor: string, index: number, at: number): Reading {
  const state = index % 100 === 0 ? "down" : "up";
  return { monitor, at, state, tookMs: 5 + (index % 40), release: "r1", detail: `answered ${index}` };
}

function shown() {
  const components = Array.from({ length: 10 }, (_, index) => ({
    name: `Part ${index}`,
    of: [`part-${index}`],
  }));
  return { title: undefined, components };
}

function ask(url: string, key: string): Promise<{ firstByteMs: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const headers = {
      "accept-encoding": "gzip",
      authorization: `Bearer ${key}`,
      cookie: `gonogo_key=${key}`,
    };
    request(url, { headers }, (response) => {
      let bytes = 0;
      let firstByteMs = 0;
      response.on("data", (chunk: Buffer) => {
        firstByteMs ||= performance.now() - from;
        bytes += chunk.length;
      });
      response.on("end", () => resolve({ firstByteMs, bytes }));
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });
}

function median(sorted: readonly number[]): string {
  return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(0);
}
