import { apiHandler } from "../api/api-handler.ts";
import { createLiveBoard } from "../api/live-board.ts";
import type { DeployScene } from "../deploy/scene.ts";
import type { BackupsSeen } from "../model/backup.ts";
import { type ChannelTrouble, channelTroubles } from "../notify/channel-health.ts";
import { channelVariables } from "../notify/credentials.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import type { WatchLock } from "../store/watch-lease.ts";
import { watchPlaceOf } from "../store/watch-place.ts";
import { openLightHttp } from "../system/light-http.ts";
import type { Alerting } from "../watch/alerts/alerting.ts";
import { openAlerting } from "../watch/alerts/open-alerting.ts";
import { startRetention } from "../watch/alerts/retention.ts";
import { startGuard } from "../watch/guard/guard.ts";
import { createPingDoor } from "../watch/heartbeats/ping-door.ts";
import { type Exporter, startExporter } from "../watch/telemetry/exporter.ts";
import { openWatch, type Watch } from "../watch/watch.ts";
import { startBackupKeeper } from "./backup-keeper.ts";
import { withOwnSight } from "./own-sight.ts";
import { startRecoveryKeeper } from "./recovery-keeper.ts";
import { sharingOf } from "./sharing.ts";
import { openWatchListener } from "./watch-listener.ts";
import { openWayBack } from "./way-back.ts";
import { measuredWhileHeld, whileHeld } from "./while-held.ts";

/** `gonogo serve`: everything that goes on while an environment is watched. Dispose ends it cleanly. */
export interface Daemon extends AsyncDisposable {
  readonly watcher: WatchLock;
  readonly watch: Watch;
  readonly alerting: Alerting;
  readonly measurements: MeasurementStore;
  /** "http://127.0.0.1:7676" */
  readonly url: string;
}

export interface DaemonRequest {
  readonly scene: DeployScene;
  readonly who: string;
  readonly pid: number;
  /** What whoever keeps the daemon running should know. */
  readonly onTrouble?: (text: string) => void;
}

/** Throws UserError when somebody watches this environment already. */
export async function startDaemon(request: DaemonRequest): Promise<Daemon> {
  const { who, pid, onTrouble = () => undefined } = request;
  await using opened = new AsyncDisposableStack();
  const place = watchPlaceOf(request.scene);
  const watcher = opened.use(await place.lock({ who, pid }));
  const opening = opened.use(await place.openMeasurements({ writes: true }));
  const measurements = measuredWhileHeld(opening, watcher);
  const board = createLiveBoard(await measurements.latest());
  // Whatever is told, kept or sent back goes through the store: nothing of it happens in a process that was replaced.
  const held = { ...request.scene, store: whileHeld(request.scene.store, watcher) };
  const scene = withOwnSight(held, { watcher, board });
  const { doors, environment, store } = scene;
  const http = opened.use(openLightHttp());
  const { server } = store;
  const sharing = server && sharingOf({ scene, server, who, pid, onTrouble });
  const watch = await openWatch({ scene, measurements, http, onTrouble, sharing });
  opened.defer(() => watch.stop());
  const alerting = opened.use(await openAlerting(scene, { monitors: watch.monitors, onTrouble }));
  const guard = opened.use(startGuard({ scene, firing: alerting.firing, onTrouble }));
  const release = opened.use(openWayBack(scene, onTrouble));
  const parts = { watcher, watch, alerting, measurements };
  const pings = createPingDoor(watch.heartbeats, doors.clock);
  const api = apiHandler({
    ...scene,
    ...parts,
    ...watch,
    clock: doors.clock,
    board,
    backups: () => backupsOf(scene),
    channels: () => channelsOf(scene),
    liveRelease: () => liveRelease(scene),
    release,
  });
  const handlers = [pings, api];
  const { url } = opened.use(await openWatchListener({ scene, handlers, onTrouble }));
  const exporter = await exporterOf(scene, onTrouble);
  if (exporter) opened.use(exporter);
  watch.begin([alerting, board, guard, ...(exporter ? [exporter] : [])], (illness) => alerting.ill(illness));
  opened.use(startBackupKeeper({ scene, who, onTrouble }));
  opened.use(startRecoveryKeeper({ scene, onTrouble }));
  const { name } = environment;
  opened.use(startRetention({ store, environment: name, clock: doors.clock, onTrouble }));
  // Asking ends first: what it still hands over is then evaluated, told and kept.
  opened.defer(() => watch.stop());
  const kept = opened.move();
  return { ...parts, url, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function backupsOf(scene: DeployScene): Promise<BackupsSeen | undefined> {
  return await scene.readBackups?.(await scene.readVariables(new Map()), await liveRelease(scene));
}

async function exporterOf(
  scene: DeployScene,
  onTrouble: (text: string) => void,
): Promise<Exporter | undefined> {
  const { launch, environment, store, doors } = scene;
  const policy = launch.watch?.telemetry;
  if (!policy) return undefined;
  const variables = channelVariables(scene);
  return await startExporter({
    ...{ policy, store, doors, variables, onTrouble },
    launch: launch.name,
    environment: environment.name,
  });
}

async function channelsOf(scene: DeployScene): Promise<ChannelTrouble[]> {
  const { environment, launch, store } = scene;
  const { channels } = launch.alerts;
  const { values } = await scene.readVariables(new Map());
  return await channelTroubles({
    environment: environment.name,
    channels,
    outbox: store.outbox,
    values: new Map([...values].map(([name, { value }]) => [name, value])),
  });
}

const STATUS_LIMIT_MS = 2_000;

/** Undefined, too, while the target does not answer: the pages go on without it. */
async function liveRelease({ target }: DeployScene): Promise<string | undefined> {
  const status = await target.status(AbortSignal.timeout(STATUS_LIMIT_MS)).catch(() => undefined);
  return status?.live;
}

/** Left alone, Node takes 330 MB for 20,000 monitors of which 55 MB are in use. */
export const WATCH_NODE_FLAGS: readonly string[] = ["--max-semi-space-size=2", "--heap-growing-percent=25"];
