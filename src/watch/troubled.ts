import type { Reading, ReadingSink } from "../model/monitor.ts";

/** Remembers of which monitors something else was said last than that all is well. */
export interface Troubled extends ReadingSink {
  readonly isTroubled: (monitor: string) => boolean;
}

export function createTroubled(latest: readonly Pick<Reading, "monitor" | "state">[]): Troubled {
  const monitors = new Set<string>();
  const take = (readings: readonly Pick<Reading, "monitor" | "state">[]): void => {
    for (const { monitor, state } of readings) {
      if (state === "up") monitors.delete(monitor);
      else monitors.add(monitor);
    }
  };
  take(latest);
  return { take, isTroubled: (monitor) => monitors.has(monitor) };
}
