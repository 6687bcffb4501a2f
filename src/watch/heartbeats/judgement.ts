import { formatDuration } from "../../model/duration.ts";
import { type Heartbeat, isRunning } from "../../model/heartbeat.ts";
import type { HeartbeatTiming } from "../../model/watch-policy.ts";
import { dueAfter } from "./timing.ts";

export interface HeartbeatRules {
  readonly timing: HeartbeatTiming;
  /** How late it may be. */
  readonly graceMs: number;
  /** How long it may run; a run may always take as long as it may be late. */
  readonly longestRunMs: number;
}

export interface HeartbeatSeen {
  readonly state: "up" | "down" | "unknown";
  readonly detail: string;
  /** How long the last run took. */
  readonly value?: number;
}

/** When nobody listened: what was due then may have been said. */
export interface Deafness {
  readonly from: number;
  readonly until: number;
}

/** Pure: whether something lives, by what it said and when. */
export function judgeHeartbeat(
  heartbeat: Heartbeat,
  { rules, now, deaf }: { rules: HeartbeatRules; now: number; deaf?: Deafness | undefined },
): HeartbeatSeen {
  const { startedAt, endedAt, endedWell, exitCode, log, since } = heartbeat;
  const ago = (at: number): string => `${formatDuration(Math.max(0, now - at))} ago`;
  if (startedAt !== undefined && isRunning(heartbeat)) {
    const longest = Math.max(rules.longestRunMs, rules.graceMs);
    if (now <= startedAt + longest) return { state: "up", detail: `began ${ago(startedAt)}` };
    return {
      state: "down",
      detail: `began ${ago(startedAt)} and has not ended; ${formatDuration(longest)} are allowed`,
    };
  }
  const value = startedAt !== undefined && endedAt !== undefined ? endedAt - startedAt : undefined;
  const took = value === undefined ? {} : { value };
  if (endedAt !== undefined && endedWell === false) {
    const code = exitCode === undefined ? "" : ` with exit code ${exitCode}`;
    const said = log === undefined ? "" : `: ${lastLine(log)}`;
    return { state: "down", detail: `failed ${ago(endedAt)}${code}${said}`, ...took };
  }
  const due = dueAfter(rules.timing, startedAt ?? endedAt ?? since);
  if (due === undefined || now <= due + rules.graceMs) {
    if (endedAt === undefined) return { state: "up", detail: `waiting for its first sign of life` };
    return { state: "up", detail: `ended well ${ago(endedAt)}`, ...took };
  }
  if (deaf && due >= deaf.from && due <= deaf.until + rules.graceMs && now <= next(rules, deaf.until)) {
    return { state: "unknown", detail: "nobody listened when it was due" };
  }
  const last = endedAt === undefined ? "it never did" : `the last was ${ago(endedAt)}`;
  return { state: "down", detail: `no sign of life since it was due ${ago(due)}; ${last}`, ...took };
}

/** Until when what was missed by deaf ears is forgiven: until it is due once more. */
function next({ timing, graceMs }: HeartbeatRules, from: number): number {
  return (dueAfter(timing, from) ?? from) + graceMs;
}

function lastLine(log: string): string {
  return (log.trim().split("\n").at(-1) ?? "").slice(0, 200);
}
