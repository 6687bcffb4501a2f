/** What a promise is about, counted: requests, or questions asked. */
export interface Counts {
  readonly total: number;
  readonly bad: number;
}

/** Counts by minute for three days and by hour for three months: what windows of any length are summed from. */
export interface Ledger {
  add(at: number, counts: Counts): void;
  /** Counts of an hour that is over, as the store has them. */
  addHour(at: number, counts: Counts): void;
  within(windowMs: number, now: number): Counts;
  /** 0..1 of a window that ends now: how much of it lies after the first count. */
  known(windowMs: number, now: number): number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MINUTES = 3 * 1_440 + 2;
const HOURS = 92 * 24 + 2;
/** Up to this long a window is summed from minutes. */
const BY_MINUTE_MS = 3 * 86_400_000;

export function createLedger(): Ledger {
  const minutes = createRing(MINUTES, MINUTE_MS);
  const hours = createRing(HOURS, HOUR_MS);
  let first = Number.POSITIVE_INFINITY;
  return {
    add(at, counts) {
      first = Math.min(first, at);
      minutes.add(at, counts);
      hours.add(at, counts);
    },
    addHour(at, counts) {
      first = Math.min(first, at);
      hours.add(at, counts);
    },
    within: (windowMs, now) => (windowMs <= BY_MINUTE_MS ? minutes : hours).within(windowMs, now),
    known: (windowMs, now) => Math.min(1, Math.max(0, now - first) / windowMs),
  };
}

function createRing(size: number, stepMs: number) {
  const steps = new Float64Array(size).fill(-1);
  const total = new Float64Array(size);
  const bad = new Float64Array(size);
  return {
    add(at: number, counts: Counts): void {
      const step = Math.floor(at / stepMs);
      const slot = step % size;
      if ((steps[slot] ?? -1) > step) return;
      if (steps[slot] !== step) {
        steps[slot] = step;
        total[slot] = 0;
        bad[slot] = 0;
      }
      total[slot] = (total[slot] ?? 0) + counts.total;
      bad[slot] = (bad[slot] ?? 0) + counts.bad;
    },
    within(windowMs: number, now: number): Counts {
      const last = Math.floor(now / stepMs);
      // The step that runs is not whole: with it the window is up to one step longer, never shorter.
      const first = last - Math.ceil(windowMs / stepMs);
      const sum = { total: 0, bad: 0 };
      for (let slot = 0; slot < size; slot++) {
        const step = steps[slot] ?? -1;
        if (step < first || step > last) continue;
        sum.total += total[slot] ?? 0;
        sum.bad += bad[slot] ?? 0;
      }
      return sum;
    },
  };
}
