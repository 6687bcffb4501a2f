import type { DeployScene } from "../deploy/scene.ts";
import { durationMs } from "../model/duration.ts";
import { messageOf } from "../model/errors.ts";
import type { Monitor, Reading, ReadingSink } from "../model/monitor.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import type { LightHttp } from "../system/light-http.ts";
import type { Illness } from "./alerts/illness.ts";
import { createAsking } from "./asking.ts";
import { createEvidenceKeeper } from "./checks/evidence-keeper.ts";
import { createSecondLook } from "./checks/second-look.ts";
import { type HeartbeatBook, openHeartbeatBook } from "./heartbeats/heartbeat-book.ts";
import { watchHeartbeats } from "./heartbeats/heartbeat-watch.ts";
import { dependenciesOf } from "./monitors/dependencies.ts";
import { monitorsOf } from "./monitors/monitors.ts";
import { createOwnHealth } from "./own-health.ts";
import { openPromises, type PromiseStanding } from "./promises/promise-keeper.ts";
import { startReadingWriter } from "./reading-writer.ts";
import { type SchedulerFigures, startScheduler, type Task } from "./schedule/scheduler.ts";
import { keepSurroundings } from "./surroundings.ts";

export interface WatchFigures extends SchedulerFigures {
  readonly readings: number;
  /** Readings that wait to be written. */
  readonly unwritten: number;
  readonly lost: number;
}

/** One environment being watched. */
export interface Watch {
  readonly monitors: readonly Monitor[];
  readonly heartbeats: HeartbeatBook;
  /** Begins to ask. Sinks are told of every reading at once, in order. */
  begin(sinks: readonly ReadingSink[], onIllness?: (illness: Illness | undefined) => void): void;
  promises(): PromiseStanding[];
  figures(): WatchFigures;
  /** Lets what is being asked end, keeps its answers, and asks nothing more. */
  stop(): Promise<void>;
}

const PARALLEL = 512;
/** Whoever is asked to stop does not wait longer for answers than this. */
const STOP_LIMIT_MS = 10_000;
const HEALTH_EVERY_MS = 2_000;

/** Readies everything that is asked of an environment; nothing is asked before it begins. */
export async function openWatch(request: {
  readonly scene: DeployScene;
  readonly measurements: MeasurementStore;
  readonly http: LightHttp;
}): Promise<Watch> {
  const { scene, measurements, http } = request;
  const { launch, environment, doors, store } = scene;
  const { clock } = doors;
  const ended = new AbortController();
  const { signal } = ended;
  const health = createOwnHealth(doors, launch.watch?.references ?? []);
  const surroundings = keepSurroundings(scene, signal);
  const writer = startReadingWriter({ store: measurements, clock, onTrouble: health.storeFails });
  const { name } = environment;
  const evidence = createEvidenceKeeper(store.evidence, {
    environment: name,
    configuration: launch.configuration,
  });
  const asking = createAsking({ scene, http, health, surroundings, evidence, signal });
  const { probes, rounds } = monitorsOf(launch, environment);
  const lastAt = new Map((await measurements.latest()).map(({ monitor, at }) => [monitor, at]));
  const policies = launch.watch?.heartbeats ?? [];
  const { salt, heartbeats: kept } = store;
  const heartbeats = await openHeartbeatBook({ environment: name, policies, salt, store: kept, clock });
  const sinks: ReadingSink[] = [writer];
  let readings = 0;

  function hand(found: readonly Reading[]): void {
    if (found.length === 0) return;
    readings += found.length;
    for (const sink of sinks) sink.take(found);
  }

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
  const monitors = [
    ...probes.map(({ monitor }) => monitor),
    ...rounds.flatMap(({ checks }) => checks.map(({ monitor }) => monitor)),
    ...living.monitors,
    ...promises.monitors,
  ];
  await measurements.declare(monitors);
  const again = createSecondLook({ rounds, clock, ask: async (round) => hand(await asking.round(round)) });
  const tasks: Task[] = [
    again.task,
    ...probes.map((each): Task => {
      const { id, every } = each.monitor;
      return {
        id,
        everyMs: durationMs(every),
        lastAt: lastAt.get(id),
        run: async () => hand(await asking.probe(each)),
      };
    }),
    ...rounds.map((round): Task => {
      const { component, everyMs, checks } = round;
      const asked = Math.max(...checks.map(({ monitor }) => lastAt.get(monitor.id) ?? 0));
      const run = async (): Promise<void> => hand(await asking.round(round));
      return { id: `${component} every ${everyMs}`, everyMs, lastAt: asked || undefined, run };
    }),
    ...living.tasks,
    ...promises.tasks,
  ];
  const scheduler = startScheduler({ clock, parallel: PARALLEL, onTick: health.stoodStill });

  return {
    monitors,
    heartbeats,
    begin(others, onIllness) {
      sinks.push(promises, again, ...others);
      for (const task of tasks) scheduler.add(task);
      let told: Illness | undefined;
      const run = async (): Promise<void> => {
        const illness = health.illness(scheduler.figures().lag.p99Ms);
        if (illness?.kind !== told?.kind) onIllness?.(illness);
        told = illness;
      };
      scheduler.add({ id: "own health", everyMs: HEALTH_EVERY_MS, run });
    },
    promises: () => promises.standing(),
    figures: () => ({ ...scheduler.figures(), readings, unwritten: writer.waiting, lost: writer.lost }),
    async stop() {
      const late = new AbortController();
      const limit = clock
        .delay(STOP_LIMIT_MS, late.signal)
        .then(() => ended.abort(new Error("the watch ends")))
        .catch((thrown) => messageOf(thrown));
      await scheduler.stop();
      late.abort();
      await limit;
      await writer.stop();
    },
  };
}
