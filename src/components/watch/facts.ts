import { DoesNotApply, defineFact, NotObserved } from "../../model/fact.ts";
import type { Reading } from "../../model/monitor.ts";
import type { WatchSeen } from "../../model/watch-seen.ts";
import type { WatchOptions } from "./options.ts";

export const watching = defineFact<WatchSeen, WatchOptions>({
  id: "watch.seen",
  access: "read",
  reach: "application",
  async collect({ subject: { watch, runtime, environment } }) {
    if (!runtime) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    if (runtime.live === undefined) throw new DoesNotApply("watching begins with the first live release");
    const seen = await watch?.();
    if (!seen) throw new NotObserved("nobody looked at what is watched");
    return seen;
  },
});

/** How the budget of one promise is being spent, fast and slowly: "promise/latency.p95.fast". */
export function burnsOf({ latest }: WatchSeen, promise: string): Reading[] {
  return latest.filter(({ monitor }) => {
    const [, of] = /^promise\/(.+)\.(?:fast|slow)$/.exec(monitor) ?? [];
    return of === promise || of?.startsWith(`${promise}.`) === true;
  });
}
