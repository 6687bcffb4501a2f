import type { AlertGroup, MonitorTrack } from "../../model/alert.ts";
import type { Grouping } from "../../model/alert-policy.ts";
import type { Monitor } from "../../model/monitor.ts";
import { expectedDownAt } from "./track.ts";

/** Between the moment a probe is due and the moment its reading is here. */
const LATE_MS = 1_000;

/**
 * When a group that was not told yet is told: after `waitMs`, or once every pending monitor that can be believed
 * within `gatherMs` was believed or has recovered. Pending is what has begun to fail and may be the cause, or the
 * same outage.
 */
export function gatheredAt(
  { createdAt }: AlertGroup,
  pending: readonly { readonly monitor: Monitor; readonly track: MonitorTrack; readonly everyMs: number }[],
  { waitMs, gatherMs }: Grouping,
): number {
  const earliest = createdAt + waitMs;
  const latest = createdAt + gatherMs;
  const expected = pending
    .map(({ monitor, track, everyMs }) => (expectedDownAt(track, monitor, everyMs) ?? 0) + LATE_MS)
    .filter((at) => at <= latest);
  return Math.max(earliest, ...expected);
}
