import type { Doors } from "../model/doors.ts";
import type { Launch } from "../model/launch.ts";
import type { WatchSeen } from "../model/watch-seen.ts";
import { openMeasurements } from "../store/measurements/open-measurements.ts";
import { lockFileOf, measurementsOf } from "../store/watch-files.ts";
import { currentWatcher } from "../store/watch-lock.ts";

/** What a watcher left behind, read beside it. An environment that was never watched has nothing. */
export async function readWatch(
  launch: Launch,
  { directory, doors }: { directory: string; doors: Doors },
): Promise<WatchSeen> {
  const at = doors.clock.now();
  const toldOf = { P0: channelsFor("P0", launch), P1: channelsFor("P1", launch) };
  const nothing = { at, watcher: undefined, latest: [], promises: launch.promises, toldOf };
  if (!(await doors.files.stat(measurementsOf(directory)))) return nothing;
  await using measurements = await openMeasurements(measurementsOf(directory), { ...doors, writes: false });
  return { ...nothing, watcher: currentWatcher(lockFileOf(directory)), latest: await measurements.latest() };
}

function channelsFor(severity: "P0" | "P1", { alerts: { channels, routes } }: Launch): readonly string[] {
  if (routes.length === 0) return channels.map(({ name }) => name);
  const route = routes.find(
    ({ severities, components }) => (severities?.includes(severity) ?? true) && !components,
  );
  return route?.to ?? [];
}
