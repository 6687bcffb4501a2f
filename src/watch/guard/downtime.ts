import type { Reading } from "../../model/monitor.ts";

/** How long some monitor found the application down, since the release went live. */
export interface Downtime {
  add(readings: readonly Reading[]): void;
  /** Forgets everything: another release answers. */
  restart(): void;
  /** Milliseconds within the last `overMs`, of the monitor that found it down longest. */
  within(overMs: number, now: number): number;
}

interface Seen {
  at: number;
  isDown: boolean;
  readonly spans: { readonly from: number; readonly until: number }[];
}

/** A longer silence of a monitor is not counted against the application. */
const LONGEST_GAP_MS = 120_000;

export function createDowntime(monitors: ReadonlySet<string>): Downtime {
  const seen = new Map<string, Seen>();
  return {
    add(readings) {
      for (const { monitor, at, state } of readings) {
        if (!monitors.has(monitor) || state === "unknown") continue;
        const last = seen.get(monitor) ?? { at, isDown: false, spans: [] };
        // From a failing probe to the next one it counts as down.
        if (last.isDown) last.spans.push({ from: last.at, until: Math.min(at, last.at + LONGEST_GAP_MS) });
        last.at = at;
        last.isDown = state === "down";
        seen.set(monitor, last);
      }
    },
    restart: () => seen.clear(),
    within(overMs, now) {
      const from = now - overMs;
      const sums = [...seen.values()].map(({ spans }) => {
        while ((spans[0]?.until ?? now) < from) spans.shift();
        return spans.reduce((sum, span) => sum + span.until - Math.max(from, span.from), 0);
      });
      return Math.max(0, ...sums);
    },
  };
}
