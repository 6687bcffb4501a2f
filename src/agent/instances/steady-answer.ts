import type { HealthAnswer } from "./health-probe.ts";

/** How long one is told, over and over, that the page asked for is not there, is elsewhere or wants a login. */
export interface SteadyAnswer {
  see(probe: HealthAnswer): void;
  /** Milliseconds; 0 while it may still become well by waiting. */
  heldMs(): number;
}

/**
 * "Not found", a method refused, a login, a redirect: an application that is only slow does not listen, does not answer,
 * or says 5xx.
 */
export function isForEveryPath(status: number | undefined): boolean {
  return status !== undefined && ([401, 403, 404, 405].includes(status) || (status >= 300 && status < 400));
}

export function steadyAnswer(): SteadyAnswer {
  let first: HealthAnswer | undefined;
  let last: HealthAnswer | undefined;
  return {
    see(probe) {
      const goesOn = first?.status === probe.status && first?.url === probe.url;
      if (!isForEveryPath(probe.status)) first = undefined;
      else if (!goesOn) first = probe;
      last = probe;
    },
    heldMs: () => (first && last ? last.at - first.at : 0),
  };
}

/** Routes may be added once a program listens; that takes it no quarter of the time it is given. */
const OF_ITS_TIME = 1 / 4;
const AT_LEAST_MS = 5_000;

export function steadyLimitMs(startTimeoutMs: number): number {
  return Math.max(AT_LEAST_MS, startTimeoutMs * OF_ITS_TIME);
}
