import type { DeployScene } from "../deploy/scene.ts";
import type { Monitor, Reading, ReadingSink } from "../model/monitor.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import type { Stop } from "../store/stop-store.ts";
import type { LightHttp } from "../system/light-http.ts";
import type { Illness } from "./alerts/illness.ts";
import { type HeartbeatBook, openHeartbeatBook } from "./heartbeats/heartbeat-book.ts";
import { watchHeartbeats } from "./heartbeats/heartbeat-watch.ts";
import { dependenciesOf } from "./monitors/dependencies.ts";
import { openProbing, type Probing, type WatchFigures } from "./probing.ts";
import { openPromises, type PromiseStanding } from "./promises/promise-keeper.ts";

/** One environment being watched. */
export interface Watch {
  readonly monitors: readonly Monitor[];
  readonly heartbeats: HeartbeatBook;
  /** Begins to ask. Sinks are told of every reading at once, in order. */
  begin(sinks: readonly ReadingSink[], onIllness?: (illness: Illness | undefined) => void): void;
  promises(): PromiseStanding[];
  /** The stop on purpose because of which nothing is asked now. */
  stopped(): Promise<Stop | undefined>;
  figures(): WatchFigures;
  /** Lets what is being asked end, keeps its answers, and asks nothing more. */
  stop(): Promise<void>;
}

/** How the asking is divided between processes. */
export interface Sharing {
  /** Schedules what this process is to ask, now and as others come and go. */
  begin(probing: Pick<Probing, "tasks" | "scheduler" | "flush">): AsyncDisposable;
  /** What the others have seen since the last time. */
  takeHanded(): Promise<readonly Reading[]>;
}

const HEALTH_EVERY_MS = 2_000;
const HANDED_EVERY_MS = 500;

/** Readies everything that is asked of an environment; nothing is asked before it begins. */
export async function openWatch(request: {
  readonly scene: DeployScene;
  readonly measurements: MeasurementStore;
  readonly http: LightHttp;
  readonly onTrouble?: (text: string) => void;
  /** Absent: this process asks everything itself. */
  readonly sharing?: Sharing | undefined;
}): Promise<Watch> {
  const { scene, measurements, sharing } = request;
  const { launch, environment, doors, store } = scene;
  const { clock } = doors;
  const probing = await openProbing(request);
  const { probes, health, surroundings, scheduler, lastAt, signal, hand } = probing;
  const policies = launch.watch?.heartbeats ?? [];
  const { salt, heartbeats: kept } = store;
  const { name } = environment;
  const heartbeats = await openHeartbeatBook({ environment: name, policies, salt, store: kept, clock });
  const promises = await openPromises({
    scene,
    measurements,
    answering: probes
      .filter(({ probe }) => probe.type === "http" && probe.at.startsWith("/"))
      .map(({ monitor }) => monitor),
    hand,
    live: () => surroundings.last?.status.live,
    signal,
  });
  const living = watchHeartbeats({
    launch,
    dependencies: dependenciesOf(launch),
    policies,
    book: heartbeats,
    surroundings,
    clock,
    lastAt,
    hand,
  });
  const monitors = [...probing.monitors, ...living.monitors, ...promises.monitors];
  await measurements.declare(monitors);
  let shared: AsyncDisposable | undefined;

  return {
    monitors,
    heartbeats,
    begin(others, onIllness) {
      const all = [promises, ...others];
      probing.addSinks(all);
      for (const task of [probing.secondLook, ...living.tasks, ...promises.tasks]) scheduler.add(task);
      if (sharing) {
        shared = sharing.begin(probing);
        // Kept by whoever saw it.
        const takeHanded = async (): Promise<void> => {
          const found = await sharing.takeHanded();
          if (found.length > 0) for (const sink of all) sink.take(found);
        };
        scheduler.add({ id: "handed readings", everyMs: HANDED_EVERY_MS, run: takeHanded });
      } else for (const task of probing.tasks) scheduler.add(task);
      let told: Illness | undefined;
      const run = async (): Promise<void> => {
        const illness = health.illness(scheduler.figures().lag.p99Ms);
        if (illness?.kind !== told?.kind) onIllness?.(illness);
        told = illness;
      };
      scheduler.add({ id: "own health", everyMs: HEALTH_EVERY_MS, run });
    },
    promises: () => promises.standing(),
    stopped: surroundings.stopped,
    figures: probing.figures,
    async stop() {
      await shared?.[Symbol.asyncDispose]();
      await probing.stop();
    },
  };
}
