import type { Launch } from "../model/launch.ts";
import type { WatchSeen } from "../model/watch-seen.ts";
import { type WatchPlaceRequest, watchPlaceOf } from "../store/watch-place.ts";

/** What a watcher left behind, read beside it. An environment that was never watched has nothing. */
export async function readWatch(launch: Launch, request: WatchPlaceRequest): Promise<WatchSeen> {
  const place = watchPlaceOf(request);
  const at = request.doors.clock.now();
  const toldOf = { P0: channelsFor("P0", launch), P1: channelsFor("P1", launch) };
  const nothing = { at, watcher: undefined, latest: [], promises: launch.promises, toldOf };
  await using measurements = await place.openForReading();
  if (!measurements) return nothing;
  return { ...nothing, watcher: await place.watcher(), latest: await measurements.latest() };
}

function channelsFor(severity: "P0" | "P1", { alerts: { channels, routes } }: Launch): readonly string[] {
  if (routes.length === 0) return channels.map(({ name }) => name);
  const route = routes.find(
    ({ severities, components }) => (severities?.includes(severity) ?? true) && !components,
  );
  return route?.to ?? [];
}
