import type { Traffic, TrafficSpan } from "../../model/target.ts";

/** What one release answered, second by second. */
export interface TrafficLog {
  /** Times in milliseconds since 1970 UTC. `tookMs` is undefined when the client went away first. */
  record(request: {
    readonly at: number;
    readonly tookMs: number | undefined;
    readonly failed: boolean;
  }): void;
  since(sinceMs: number, now: number): Omit<Traffic, "release">;
  /** Whole seconds from `from` up to, not including, `until`. */
  span(from: number, until: number): Omit<TrafficSpan, "release">;
  readonly lastAt: number;
}

export const KEPT_MS = 900_000;

const SECONDS = KEPT_MS / 1_000;
// Eight classes an octave from 0.1 ms up: each is 9 % wide, so a percentile is at most 4.5 % off; the last holds 100 s.
const CLASSES_PER_OCTAVE = 8;
const SMALLEST_MS = 0.1;
const CLASSES = CLASSES_PER_OCTAVE * 20;

/** Keeps 15 minutes in about 600 kB, whatever the load. */
export function createTrafficLog(): TrafficLog {
  const seconds = new Float64Array(SECONDS).fill(-1);
  const requests = new Uint32Array(SECONDS);
  const failures = new Uint32Array(SECONDS);
  let latencies: Uint32Array | undefined;
  let lastAt = 0;

  function slotFor(second: number): number {
    const slot = second % SECONDS;
    if (seconds[slot] === second) return slot;
    seconds[slot] = second;
    requests[slot] = 0;
    failures[slot] = 0;
    latencies?.fill(0, slot * CLASSES, (slot + 1) * CLASSES);
    return slot;
  }

  function sum(first: number, last: number): { total: number; failed: number; histogram: number[] } {
    const histogram = new Array<number>(CLASSES).fill(0);
    let total = 0;
    let failed = 0;
    for (let slot = 0; slot < SECONDS; slot++) {
      const second = seconds[slot] ?? -1;
      if (second < first || second > last) continue;
      total += requests[slot] ?? 0;
      failed += failures[slot] ?? 0;
      if (!latencies) continue;
      for (let each = 0; each < CLASSES; each++) {
        histogram[each] = (histogram[each] ?? 0) + (latencies[slot * CLASSES + each] ?? 0);
      }
    }
    return { total, failed, histogram };
  }

  return {
    record({ at, tookMs, failed }) {
      lastAt = at;
      const slot = slotFor(Math.floor(at / 1_000));
      requests[slot] = (requests[slot] ?? 0) + 1;
      if (failed) failures[slot] = (failures[slot] ?? 0) + 1;
      if (tookMs === undefined) return;
      latencies ??= new Uint32Array(SECONDS * CLASSES);
      const index = slot * CLASSES + classOf(tookMs);
      latencies[index] = (latencies[index] ?? 0) + 1;
    },
    since(sinceMs, now) {
      const first = Math.floor(Math.max(sinceMs, now - KEPT_MS + 1_000) / 1_000);
      const { total, failed, histogram } = sum(first, Number.POSITIVE_INFINITY);
      return {
        requests: total,
        failed,
        p50Ms: percentile(histogram, 0.5),
        p95Ms: percentile(histogram, 0.95),
        p99Ms: percentile(histogram, 0.99),
      };
    },
    span(from, until) {
      const { total, failed, histogram } = sum(Math.floor(from / 1_000), Math.ceil(until / 1_000) - 1);
      const latencies = histogram.flatMap((count, index) =>
        count > 0 ? [[middleOf(index), count] as const] : [],
      );
      return { requests: total, failed, latencies };
    },
    get lastAt() {
      return lastAt;
    },
  };
}

function classOf(ms: number): number {
  const found = Math.floor(Math.log2(Math.max(ms, SMALLEST_MS) / SMALLEST_MS) * CLASSES_PER_OCTAVE);
  return Math.min(CLASSES - 1, found);
}

function percentile(histogram: readonly number[], share: number): number | undefined {
  const total = histogram.reduce((sum, each) => sum + each, 0);
  if (total === 0) return undefined;
  let left = Math.ceil(total * share);
  const index = histogram.findIndex((each) => {
    left -= each;
    return left <= 0;
  });
  return middleOf(index);
}

function middleOf(index: number): number {
  return SMALLEST_MS * 2 ** ((index + 0.5) / CLASSES_PER_OCTAVE);
}
