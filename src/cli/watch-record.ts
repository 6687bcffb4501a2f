import type { Monitor, Reading } from "../model/monitor.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import { watchPlaceOf } from "../store/watch-place.ts";
import { monitorsOf } from "../watch/monitors/monitors.ts";
import type { WatchRecord } from "./output/contracts/watch.ts";
import { headOf } from "./records.ts";
import type { OpenScene } from "./scene.ts";

/** What `gonogo serve` has written, read beside it; nothing where it never ran: a look makes no files. */
export function openForReading(scene: OpenScene): Promise<MeasurementStore | undefined> {
  return watchPlaceOf(scene).openForReading();
}

/** Less than one more batch of readings takes. */
const FULL_BELOW_BYTES = 65_536;

/** Why what is seen from now on is not kept; undefined: it is. */
export async function keepsNothing({ store, directory, doors }: OpenScene): Promise<string | undefined> {
  if (store.server) return undefined;
  const free = await doors.files.freeBytes(directory).catch(() => undefined);
  if (free === undefined || free >= FULL_BELOW_BYTES) return undefined;
  return `no space left on the disk of ${directory}: this was seen before it was full, and what is seen now is not kept`;
}

export async function watchRecordOf(
  scene: OpenScene,
  { measurements, signal }: { measurements: MeasurementStore | undefined; signal: AbortSignal },
): Promise<WatchRecord> {
  const { launch, environment, store, target, doors } = scene;
  const { probes, rounds } = monitorsOf(launch, environment);
  const derived: Pick<Monitor, "id" | "component" | "severity" | "shownOnly">[] = [
    ...probes.map(({ monitor }) => monitor),
    ...rounds.flatMap(({ checks }) => checks.map(({ monitor }) => monitor)),
  ];
  const latest = new Map(((await measurements?.latest()) ?? []).map((reading) => [reading.monitor, reading]));
  const known = new Set(derived.map(({ id }) => id));
  // Promises and schedules are asked by the watcher itself: only what it wrote tells of them.
  const others: typeof derived = [...latest.keys()]
    .filter((id) => !known.has(id))
    .map((id) => ({ id, component: id.split("/")[0] ?? id, severity: "P1" as const }));
  const monitors = [...derived, ...others].map(({ id, component, severity, shownOnly = false }) => ({
    id,
    component,
    severity,
    shownOnly,
    ...said(latest.get(id)),
  }));
  const heard = monitors.filter(({ at }) => at !== null);
  const count = (state: Reading["state"]): number => heard.filter((each) => each.state === state).length;
  const noted = heard.filter(({ state, shownOnly }) => state === "down" && shownOnly).length;
  const incidents = await store.incidents.list(environment.name, { unresolved: true });
  return {
    ...headOf(scene),
    kind: "watch",
    release: (await target.status(signal)).live ?? null,
    at: doors.clock.now(),
    watcher: (await watchPlaceOf(scene).watcher()) ?? null,
    workers: (await store.server?.leases(environment.name).workers()) ?? [],
    tally: {
      up: count("up"),
      down: count("down") - noted,
      noted,
      unknown: count("unknown"),
      silent: monitors.length - heard.length,
    },
    monitors,
    incidents: incidents.map(({ id, severity, title, openedAt, acknowledgedBy = null }) => ({
      id,
      severity,
      title,
      openedAt,
      acknowledgedBy,
    })),
  };
}

function said(
  reading: Reading | undefined,
): Pick<WatchRecord["monitors"][number], "state" | "at" | "detail"> {
  if (!reading) return { state: "unknown", at: null, detail: null };
  const { state, at, detail } = reading;
  return { state, at, detail };
}
