import type { Monitor, Reading } from "../../model/monitor.ts";
import { WATCHER } from "./joining.ts";

/**
 * What keeps the watcher from telling up from down. While its own network is gone nobody is told, for nobody could
 * be; anything else is told, once, as its own trouble.
 */
export interface Illness {
  readonly kind: "offline" | "late" | "store";
  /** One line for people. */
  readonly detail: string;
}

/** Gonogo's own monitor: the watcher sees. */
export const WATCHER_MONITOR: Monitor = {
  id: `${WATCHER}/watcher`,
  component: WATCHER,
  check: undefined,
  title: "The watcher can tell up from down",
  consequence: "What is down now is not noticed, and nobody is told.",
  fix: "look at what gonogo serve says: its log, and whether its machine, network and disk are well",
  severity: "P1",
  every: "1m",
  dependsOn: [],
  confirm: { failures: 1, successes: 1 },
};

export function illnessReading(illness: Illness | undefined, now: number): Reading | undefined {
  if (illness?.kind === "offline") return undefined;
  return {
    monitor: WATCHER_MONITOR.id,
    at: now,
    state: illness ? "down" : "up",
    tookMs: 0,
    release: undefined,
    detail: illness?.detail ?? "sees again",
  };
}
