import type { Launch } from "../model/launch.ts";
import type { StatusComponent } from "../model/status-page.ts";
import type { OwnSight, WatchSeen } from "../model/watch-seen.ts";
import { type WatchPlaceRequest, watchPlaceOf } from "../store/watch-place.ts";

type Request = WatchPlaceRequest & { readonly environment: { readonly watchUrl?: string } };

const ANSWERS_USERS = ["web", "site"];

/** What a watcher left behind, read beside it, or `own`. An environment that was never watched has nothing. */
export async function readWatch(launch: Launch, request: Request, own?: OwnSight): Promise<WatchSeen> {
  const place = watchPlaceOf(request);
  const at = request.doors.clock.now();
  const toldOf = { P0: channelsFor("P0", launch), P1: channelsFor("P1", launch) };
  const url = request.environment.watchUrl;
  const statusPage = url === undefined ? undefined : { url, shown: shownBy(launch) };
  const nothing = {
    at,
    watcher: undefined,
    latest: [],
    promises: launch.promises,
    toldOf,
    ...(statusPage && { statusPage }),
  };
  if (own) return { ...nothing, ...own };
  await using measurements = await place.openForReading();
  if (!measurements) return nothing;
  return { ...nothing, watcher: await place.watcher(), latest: await measurements.latest() };
}

/** As the page itself chooses: what is declared, else whatever answers users. */
function shownBy({ statusPage, components }: Launch): readonly StatusComponent[] {
  if (statusPage && statusPage.components.length > 0) return statusPage.components;
  return components
    .filter(({ kind }) => ANSWERS_USERS.includes(kind.kind))
    .map(({ name }) => ({ name, of: [name] }));
}

function channelsFor(severity: "P0" | "P1", { alerts: { channels, routes } }: Launch): readonly string[] {
  if (routes.length === 0) return channels.map(({ name }) => name);
  const route = routes.find(
    ({ severities, components }) => (severities?.includes(severity) ?? true) && !components,
  );
  return route?.to ?? [];
}
