import type { Clock } from "../../model/doors.ts";
import { formatDuration } from "../../model/duration.ts";
import type { Monitor, Reading } from "../../model/monitor.ts";
import type { Store } from "../../store/store.ts";

export function rollbackMonitor(rollbackMs: number): Monitor {
  return {
    id: "promise/rollback",
    component: "promise",
    check: undefined,
    title: `A rollback takes at most ${formatDuration(rollbackMs)}`,
    consequence: "A bad release stays with users for longer than was promised.",
    fix: "see in its journal which step took so long: gonogo releases",
    severity: "P2",
    every: "1m",
    dependsOn: [],
    confirm: { failures: 1, successes: 1 },
  };
}

/** What the newest rollback took, as its journal has it; one that runs counts for as long as it has run. */
export async function rollbackReading(request: {
  readonly store: Pick<Store, "deploys">;
  readonly clock: Clock;
  readonly environment: string;
  readonly rollbackMs: number;
}): Promise<Reading[]> {
  const { store, clock, environment, rollbackMs } = request;
  const newest = (await store.deploys.list(environment, 50)).find(({ kind }) => kind === "rollback");
  if (!newest) return [];
  const at = clock.now();
  const value = (newest.finishedAt ?? at) - newest.startedAt;
  const detail = `${newest.id} to ${newest.release} ${newest.finishedAt === undefined ? "has run for" : "took"} ${formatDuration(value)}`;
  const state = value > rollbackMs ? "down" : "up";
  return [{ monitor: "promise/rollback", at, tookMs: 0, release: newest.release, state, detail, value }];
}
