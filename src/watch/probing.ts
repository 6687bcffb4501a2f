import type { DeployScene } from "../deploy/scene.ts";
import { durationMs } from "../model/duration.ts";
import { messageOf } from "../model/errors.ts";
import type { Monitor, Reading, ReadingSink } from "../model/monitor.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import type { LightHttp } from "../system/light-http.ts";
import { createAsking } from "./asking.ts";
import { createEvidenceKeeper } from "./checks/evidence-keeper.ts";
import { createSecondLook } from "./checks/second-look.ts";
import { monitorsOf, type ProbeMonitor } from "./monitors/monitors.ts";
import { createOwnHealth, type OwnHealth } from "./own-health.ts";
import { startReadingWriter } from "./reading-writer.ts";
import { type Scheduler, type SchedulerFigures, startScheduler, type Task } from "./schedule/scheduler.ts";
import { keepSurroundings, type SurroundingsKeeper } from "./surroundings.ts";
import { createTroubled } from "./troubled.ts";

/** A task that asks the watched something, and the monitors it gives readings of. */
export interface ProbingTask extends Task {
  readonly monitors: readonly string[];
}

export interface WatchFigures extends SchedulerFigures {
  readonly readings: number;
  /** Readings that wait to be written. */
  readonly unwritten: number;
  readonly lost: number;
}

/** What asks the watched and keeps its answers: part of the one who watches, and all that a worker is. */
export interface Probing {
  readonly monitors: readonly Monitor[];
  readonly probes: readonly ProbeMonitor[];
  readonly tasks: readonly ProbingTask[];
  /** What this process found to be down is asked again by it, sooner than its turn. */
  readonly secondLook: Task;
  readonly health: OwnHealth;
  readonly surroundings: SurroundingsKeeper;
  readonly scheduler: Scheduler;
  /** When each monitor was asked last, before this process began. */
  readonly lastAt: ReadonlyMap<string, number>;
  /** Aborted when what is being asked has to end. */
  readonly signal: AbortSignal;
  /** Keeps readings, and tells sinks of them at once, in order. */
  hand(readings: readonly Reading[]): void;
  /** Resolves when all that was handed so far is written. */
  flush(): Promise<void>;
  addSinks(sinks: readonly ReadingSink[]): void;
  figures(): WatchFigures;
  /** Lets what is being asked end, keeps its answers, and asks nothing more. */
  stop(): Promise<void>;
}

const PARALLEL = 512;
/** Whoever is asked to stop does not wait longer for answers than this. */
const STOP_LIMIT_MS = 10_000;

/** Readies everything that can be asked of an environment; nothing is asked before its tasks are scheduled. */
export async function openProbing(request: {
  readonly scene: DeployScene;
  readonly measurements: MeasurementStore;
  readonly http: LightHttp;
  readonly onTrouble?: (text: string) => void;
}): Promise<Probing> {
  const { scene, measurements, http, onTrouble } = request;
  const { launch, environment, doors, store } = scene;
  const { clock } = doors;
  const ended = new AbortController();
  const { signal } = ended;
  const health = createOwnHealth(doors, launch.watch?.references ?? []);
  const surroundings = keepSurroundings(scene, signal);
  const writer = startReadingWriter({
    store: measurements,
    clock,
    onTrouble: health.storeFails,
    onUpkeepTrouble: (reason) => onTrouble?.(`what is seen is kept, its sums are late: ${reason}`),
  });
  const evidence = createEvidenceKeeper(store.evidence, {
    environment: environment.name,
    configuration: launch.configuration,
    items: scene.items,
    salt: store.salt,
  });
  const latest = await measurements.latest();
  const troubled = createTroubled(latest);
  const asking = createAsking({
    scene,
    http,
    health,
    surroundings,
    evidence,
    signal,
    isTroubled: troubled.isTroubled,
  });
  const { probes, rounds } = monitorsOf(launch, environment);
  const lastAt = new Map(latest.map(({ monitor, at }) => [monitor, at]));
  const again = createSecondLook({
    latest,
    rounds,
    clock,
    ask: async (round) => hand(await asking.round(round)),
  });
  const sinks: ReadingSink[] = [writer, again, troubled];
  let readings = 0;

  function hand(found: readonly Reading[]): void {
    if (found.length === 0) return;
    readings += found.length;
    for (const sink of sinks) sink.take(found);
  }

  const tasks: ProbingTask[] = [
    ...probes.map((each): ProbingTask => {
      const { id, every } = each.monitor;
      return {
        id,
        everyMs: durationMs(every),
        lastAt: lastAt.get(id),
        monitors: [id],
        run: async () => hand(await asking.probe(each)),
      };
    }),
    ...rounds.map((round): ProbingTask => {
      const { component, everyMs, checks } = round;
      const monitors = checks.map(({ monitor }) => monitor.id);
      const asked = Math.max(...monitors.map((id) => lastAt.get(id) ?? 0));
      const run = async (): Promise<void> => hand(await asking.round(round));
      return { id: `${component} every ${everyMs}`, everyMs, lastAt: asked || undefined, monitors, run };
    }),
  ];
  const scheduler = startScheduler({
    clock,
    parallel: PARALLEL,
    onTick: health.stoodStill,
    ...(onTrouble && { onTrouble }),
  });

  return {
    monitors: [
      ...probes.map(({ monitor }) => monitor),
      ...rounds.flatMap(({ checks }) => checks.map(({ monitor }) => monitor)),
    ],
    probes,
    tasks,
    secondLook: again.task,
    health,
    surroundings,
    scheduler,
    lastAt,
    signal,
    hand,
    flush: () => writer.flush(),
    addSinks: (others) => void sinks.push(...others),
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
