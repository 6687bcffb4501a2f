import { leftLive } from "../deploy/left-live.ts";
import type { DeployScene } from "../deploy/scene.ts";
import type { TargetStatus } from "../model/target.ts";
import type { Stop } from "../store/stop-store.ts";

/** A stop is written down before it begins; what still runs after this was not stopped, and its command is dead. */
const STOPPING_MS = 120_000;

/** The stop because of which nothing is expected of an environment; asked several times at once, it looks once. */
export function keepStops({
  store,
  environment: { name },
  doors: { clock },
}: Pick<DeployScene, "store" | "environment" | "doors">): (
  status: Pick<TargetStatus, "live">,
) => Promise<Stop | undefined> {
  let last: Stop | undefined;
  let looking: Promise<Stop | undefined> | undefined;

  async function look(live: string | undefined): Promise<Stop | undefined> {
    const stop = await store.stops.last(name);
    if (!stop) return undefined;
    const deploys = await store.deploys.list(name, 50);
    if (live === undefined) return leftLive(deploys, stop.at) === undefined ? stop : undefined;
    if (deploys.some(({ startedAt }) => startedAt > stop.at)) return undefined;
    if (clock.now() - stop.at < STOPPING_MS) return stop;
    await store.stops.restore(name, undefined);
    return undefined;
  }

  return ({ live }) => {
    looking ??= look(live)
      // A store that is away is no reason to ask the application nothing.
      .then(
        (stop) => {
          last = stop;
          return stop;
        },
        () => last,
      )
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };
}
