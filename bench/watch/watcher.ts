import type { DeployScene } from "../../src/deploy/scene.ts";
import type { DeclaredProbe } from "../../src/model/watch-policy.ts";
import { watchPlaceOf } from "../../src/store/watch-place.ts";
import { openDoors } from "../../src/system/doors.ts";
import { openLightHttp } from "../../src/system/light-http.ts";
import { openAlerting } from "../../src/watch/alerts/open-alerting.ts";
import { openWatch } from "../../src/watch/watch.ts";
import { openStoreAt } from "../../test/fixtures/store-places.ts";

/* The whole way of a reading, as `gonogo serve` goes it, for many monitors: asked, believed, kept, evaluated.
   Told on the way in: what to watch. Tells figures when asked. */

export interface WatcherSetting {
  readonly directory: string;
  /** As `openStoreAt` takes it. */
  readonly store: string;
  readonly port: number;
  readonly monitors: number;
  readonly every: `${number}s`;
  readonly fresh: boolean;
}

export interface WatcherFigures {
  readonly cpuSeconds: number;
  readonly residentMb: number;
  readonly readings: number;
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  readonly skipped: number;
  readonly bytes: number;
}

const setting = JSON.parse(process.argv[2] ?? "{}") as WatcherSetting;
const doors = openDoors();
const { directory, port, monitors, every, fresh } = setting;
const probes = Array.from({ length: monitors }, (_, index): DeclaredProbe => {
  const at = `http://127.0.0.1:${port}/monitor/${index}`;
  return {
    name: `monitor-${index}`,
    title: "it answers",
    every,
    severity: "P1",
    probe: { type: "http", at, accept: "2xx", fresh },
  };
});
const store = await openStoreAt(setting.store, doors.clock);
const environment = { name: "bench", stage: "staging", allows: ["read"] };
const measurements = await watchPlaceOf({ store, environment, directory, doors }).openMeasurements({
  writes: true,
});
const variables = { declared: [], values: new Map() };
const scene = {
  launch: {
    name: "bench",
    directory,
    configuration: "bench",
    components: [],
    variables: [],
    promises: { availability: undefined, latency: {}, errors: undefined, rollbackMs: undefined },
    deploy: { rollbackOn: [], guardMs: 0 },
    alerts: {
      channels: [],
      routes: [],
      escalation: [],
      acknowledgeWithinMs: 300_000,
      thresholds: [],
      grouping: { by: "cause", waitMs: 1_000, gatherMs: 30_000, everyMs: 300_000, repeatMs: 14_400_000 },
      maintenance: [],
    },
    watch: { listen: undefined, references: [], probes, heartbeats: [] },
  },
  environment,
  doors,
  store,
  directory,
  items: [],
  target: {
    status: async () => ({
      live: "r1",
      address: { url: `http://127.0.0.1:${port}` },
      instances: [],
      schedules: [],
    }),
    host: async () => undefined,
  },
  readVariables: async () => variables,
  readOtherEnvironments: async () => [],
} as unknown as DeployScene;
const http = openLightHttp();
const watch = await openWatch({ scene, measurements, http });
const alerting = await openAlerting(scene, { monitors: watch.monitors });
watch.begin([alerting]);
const alive = setInterval(() => undefined, 60_000);

process.on("message", async (word) => {
  if (word === "stop") {
    await watch.stop();
    await alerting[Symbol.asyncDispose]();
    await measurements[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    await http[Symbol.asyncDispose]();
    clearInterval(alive);
    process.exit(0);
  }
  const { user, system } = process.cpuUsage();
  const { lag, readings, skipped } = watch.figures();
  const figures: WatcherFigures = {
    cpuSeconds: (user + system) / 1e6,
    residentMb: Math.round(process.memoryUsage().rss / 1_048_576),
    readings,
    lagP50Ms: lag.p50Ms,
    lagP99Ms: lag.p99Ms,
    skipped,
    bytes: await measurements.sizeBytes(),
  };
  process.send?.(figures);
});
process.send?.("ready");
