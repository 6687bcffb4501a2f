import type { DeployScene } from "../deploy/scene.ts";
import { durationMs } from "../model/duration.ts";
import { messageOf } from "../model/errors.ts";
import type { Monitor, Reading, ReadingSink } from "../model/monitor.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import type { LightHttp } from "../system/light-http.ts";
import { askRound } from "./checks/check-round.ts";
import { type CheckRound, monitorsOf, type ProbeMonitor } from "./monitors/monitors.ts";
import { createOwnHealth, isOwnTrouble, type Reference } from "./own-health.ts";
import { askProbe, farHostOf } from "./probes/ask-probe.ts";
import { cannotTell, down, type ProbeGround, type Sighting } from "./probes/sighting.ts";
import { startReadingWriter } from "./reading-writer.ts";
import { type SchedulerFigures, startScheduler } from "./schedule/scheduler.ts";
import { keepSurroundings, type Surroundings, unseen } from "./surroundings.ts";

export interface WatchFigures extends SchedulerFigures {
  readonly readings: number;
  readonly unwritten: number;
  readonly lost: number;
}

/** One environment being watched. */
export interface Watch {
  readonly monitors: readonly Monitor[];
  figures(): WatchFigures;
  /** Lets what is being asked end, keeps its answers, and asks nothing more. */
  stop(): Promise<void>;
}

export interface WatchRequest {
  readonly scene: DeployScene;
  readonly measurements: MeasurementStore;
  readonly http: LightHttp;
  /** Told of every reading at once, in order. */
  readonly sinks: readonly ReadingSink[];
  readonly references: readonly Reference[];
}

const PARALLEL = 512;
/** Whoever is asked to stop does not wait longer for answers than this. */
const STOP_LIMIT_MS = 10_000;

export async function startWatch(request: WatchRequest): Promise<Watch> {
  const { scene, measurements, http } = request;
  const { launch, environment, doors } = scene;
  const ended = new AbortController();
  const { signal } = ended;
  const health = createOwnHealth(doors, request.references);
  const surroundings = keepSurroundings(scene, signal);
  const writer = startReadingWriter({
    store: measurements,
    clock: doors.clock,
    onTrouble: health.storeFails,
  });
  const sinks = [writer, ...request.sinks];
  const { probes, rounds } = monitorsOf(launch, environment);
  const monitors = [
    ...probes.map(({ monitor }) => monitor),
    ...rounds.flatMap(({ checks }) => checks.map(({ monitor }) => monitor)),
  ];
  await measurements.declare(monitors);
  const lastAt = new Map((await measurements.latest()).map(({ monitor, at }) => [monitor, at]));
  let readings = 0;

  function hand(found: readonly Reading[]): void {
    readings += found.length;
    for (const sink of sinks) sink.take(found);
  }

  async function runProbe({ monitor, probe }: ProbeMonitor): Promise<void> {
    const at = doors.clock.now();
    const from = doors.clock.monotonicMs();
    const release = surroundings.last?.release?.id;
    let far: string | undefined;
    let seen: Sighting;
    try {
      const around = await surroundings.now();
      if (isNowhere(around)) return;
      const ground = groundOf(around);
      far = around.address && farHostOf(probe, ground);
      seen = around.address ? await askProbe(probe, ground) : nothingRuns(around);
    } catch (thrown) {
      seen = cannotTell(unseen(thrown));
    }
    const believed = seen.state === "down" ? await believe(seen, { from, far }) : seen;
    const { release: answered, ...rest } = believed;
    const tookMs = doors.clock.monotonicMs() - from;
    hand([{ monitor: monitor.id, at, tookMs, release: answered ?? release, ...rest }]);
  }

  function groundOf({ address, variables }: Surroundings): ProbeGround {
    return { doors, http, address, variables, signal, host: () => scene.target.host(signal) };
  }

  async function runRound(round: CheckRound): Promise<void> {
    const from = doors.clock.monotonicMs();
    try {
      const around = await surroundings.now();
      if (isNowhere(around)) return;
      const found = await askRound(round, { scene, surroundings: around, signal });
      const trouble = health.trouble(from);
      hand(
        found.map((reading) => (trouble && reading.state === "down" ? doubted(reading, trouble) : reading)),
      );
    } catch (thrown) {
      const at = doors.clock.now();
      const told = { at, tookMs: 0, release: undefined, state: "unknown" as const, detail: unseen(thrown) };
      hand(round.checks.map(({ monitor }) => ({ monitor: monitor.id, ...told })));
    }
  }

  /** "down" only when nothing of the watcher's own can be the reason. */
  async function believe(
    seen: Sighting,
    { from, far }: { from: number; far: string | undefined },
  ): Promise<Sighting> {
    if (isOwnTrouble(seen.detail)) return doubted(seen, "this machine has run out of something");
    const cutOff = far === undefined ? undefined : await health.cutOff();
    const trouble = cutOff ?? health.trouble(from);
    return trouble === undefined ? seen : doubted(seen, trouble);
  }

  const scheduler = startScheduler({ clock: doors.clock, parallel: PARALLEL, onTick: health.stoodStill });
  for (const probe of probes) {
    const { id, every } = probe.monitor;
    scheduler.add({ id, everyMs: durationMs(every), lastAt: lastAt.get(id), run: () => runProbe(probe) });
  }
  for (const round of rounds) {
    const asked = round.checks.map(({ monitor }) => lastAt.get(monitor.id) ?? 0);
    scheduler.add({
      id: `${round.component} every ${round.everyMs}`,
      everyMs: round.everyMs,
      lastAt: Math.max(...asked) || undefined,
      run: () => runRound(round),
    });
  }

  return {
    monitors,
    figures: () => ({ ...scheduler.figures(), readings, unwritten: writer.waiting, lost: writer.lost }),
    async stop() {
      const late = new AbortController();
      const limit = doors.clock
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

/** Nothing was ever deployed: there is nobody to ask. */
function isNowhere({ address, missing }: Surroundings): boolean {
  return address === undefined && missing === undefined;
}

function nothingRuns({ missing }: Surroundings): Sighting {
  return down(`${missing?.id ?? "a release"} should run and nothing does: its agent is not there`);
}

function doubted<T extends { readonly detail: string }>(seen: T, why: string): T & { state: "unknown" } {
  return { ...seen, state: "unknown", detail: `${why}; asked meanwhile: ${seen.detail}` };
}
