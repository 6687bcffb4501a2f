import type { Archive, Base } from "./archive.ts";
import { chainFrom, type Segment } from "./segments.ts";

/** A stretch of time to any moment of which the data can be brought back, from one copy of the server. */
export interface Window {
  readonly base: Base;
  readonly from: number;
  readonly until: number;
  /** Everything that was written since the copy began, without a gap. */
  readonly segments: readonly Segment[];
}

/** Of each copy, oldest first; a copy whose own time is not covered gives none. Pure. */
export function windowsOf({ bases, logs }: Archive): Window[] {
  return bases.flatMap((base): Window[] => {
    const log = logs.get(base.system);
    const segments = chainFrom(base.firstSegment, log?.segments ?? [], base.segmentBytes);
    const last = segments.at(-1);
    if (!last) return [];
    const covered = log?.covered;
    const isKnown = covered !== undefined && segments.some(({ name }) => name >= covered.segment);
    const until = Math.max(last.coversUntil, isKnown ? covered.until : 0);
    return until < base.consistentAt ? [] : [{ base, from: base.consistentAt, until, segments }];
  });
}

/** The window that needs the least to be replayed for this moment. */
export function windowFor<Each extends Stretch>(at: number, windows: readonly Each[]): Each | undefined {
  return windows
    .filter(({ from, until }) => from <= at && at <= until)
    .toSorted((a, b) => b.from - a.from)[0];
}

export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Windows that follow each other without a gap, joined. Pure. */
export function stretchesOf(windows: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { from, until } of windows.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.until)
      joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, until) };
    else joined.push({ from, until });
  }
  return joined;
}
