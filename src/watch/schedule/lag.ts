/** How late things began, over the last whole minute and the one that runs. Milliseconds. */
export interface LagFigures {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface LagLog {
  record(lagMs: number, nowMs: number): void;
  figures(): LagFigures;
}

const MINUTE_MS = 60_000;
/** A class is 9 % wide: eight an octave from 1 ms up to more than an hour. */
const PER_OCTAVE = 8;
const CLASSES = PER_OCTAVE * 22;

interface Minute {
  readonly counts: Uint32Array;
  count: number;
  maxMs: number;
  readonly since: number;
}

export function createLagLog(): LagLog {
  const begin = (since: number): Minute => ({ counts: new Uint32Array(CLASSES), count: 0, maxMs: 0, since });
  let before = begin(0);
  let current = begin(0);
  return {
    record(lagMs, nowMs) {
      if (nowMs - current.since >= MINUTE_MS) {
        before = nowMs - current.since < 2 * MINUTE_MS ? current : begin(0);
        current = begin(nowMs - (nowMs % MINUTE_MS));
      }
      const index = Math.min(CLASSES - 1, Math.floor(Math.log2(Math.max(1, lagMs)) * PER_OCTAVE));
      current.counts[index] = (current.counts[index] ?? 0) + 1;
      current.count += 1;
      current.maxMs = Math.max(current.maxMs, lagMs);
    },
    figures: () => ({
      count: before.count + current.count,
      p50Ms: percentile([before, current], 0.5),
      p99Ms: percentile([before, current], 0.99),
      maxMs: Math.round(Math.max(before.maxMs, current.maxMs)),
    }),
  };
}

function percentile(minutes: readonly Minute[], share: number): number {
  let left = Math.ceil(minutes.reduce((sum, { count }) => sum + count, 0) * share);
  for (let index = 0; index < CLASSES && left > 0; index++) {
    for (const { counts } of minutes) left -= counts[index] ?? 0;
    if (left <= 0) return Math.round(2 ** ((index + 1) / PER_OCTAVE));
  }
  return 0;
}
