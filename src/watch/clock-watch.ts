import type { Clock } from "../model/doors.ts";

/** What the machine's clock said before it was put, and after. */
export interface ClockJump {
  readonly from: number;
  readonly to: number;
}

/** Smaller ones are a clock that is kept right. */
const LEAST_MS = 10_000;

/**
 * Notices that the clock was put: by hand, by a time server after a start with a wrong clock, or because the machine
 * slept. `look` gives the jump since it was called last.
 */
export function createClockWatch(clock: Pick<Clock, "now" | "monotonicMs">): {
  look(): ClockJump | undefined;
} {
  let now = clock.now();
  let monotonicMs = clock.monotonicMs();
  return {
    look() {
      const from = now + (clock.monotonicMs() - monotonicMs);
      now = clock.now();
      monotonicMs = clock.monotonicMs();
      return Math.abs(now - from) < LEAST_MS ? undefined : { from, to: now };
    },
  };
}
