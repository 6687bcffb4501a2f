import type { DeployScene } from "../deploy/scene.ts";
import type { ReadingSink } from "../model/monitor.ts";
import { openMeasurements } from "../store/measurements/open-measurements.ts";
import { lockWatch, type Watcher } from "../store/watch-lock.ts";
import { openLightHttp } from "../system/light-http.ts";
import { openAlerting } from "../watch/alerts/open-alerting.ts";
import { startWatch, type Watch } from "../watch/watch.ts";

/** `gonogo serve`: everything that goes on while an environment is watched. Dispose ends it cleanly. */
export interface Daemon extends AsyncDisposable {
  readonly watcher: Watcher;
  readonly watch: Watch;
}

export interface DaemonRequest {
  readonly scene: DeployScene;
  readonly who: string;
  readonly pid: number;
  readonly sinks?: readonly ReadingSink[];
  /** What whoever keeps the daemon running should know. */
  readonly onTrouble?: (text: string) => void;
}

/** Throws UserError when somebody watches this environment already. */
export async function startDaemon(request: DaemonRequest): Promise<Daemon> {
  const { scene, who, pid, sinks = [], onTrouble } = request;
  const { directory, doors } = scene;
  await using opened = new AsyncDisposableStack();
  const watcher = opened.use(lockWatch(lockFileOf(directory), { who, pid }, doors.clock));
  const measurements = opened.use(
    await openMeasurements(measurementsOf(directory), { ...doors, writes: true }),
  );
  const http = opened.use(openLightHttp());
  const alerting = opened.use(await openAlerting(scene, onTrouble ? { onTrouble } : {}));
  const watch = await startWatch({
    scene,
    measurements,
    http,
    sinks: [alerting, ...sinks],
    references: [],
  });
  opened.defer(() => watch.stop());
  const kept = opened.move();
  return { watcher, watch, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

export function lockFileOf(directory: string): string {
  return `${directory}/watch-lock.db`;
}

export function measurementsOf(directory: string): string {
  return `${directory}/measurements`;
}
