import { durationMs } from "./duration.ts";
import { isDue, type Phase, type Stage } from "./phase.ts";

/** When a phase comes due, counted from the launch; phases before it that have no hour of their own are missing. */
const FROM_LAUNCH_MS: Readonly<Partial<Record<Phase, number>>> = {
  "launch-24h": -durationMs("24h"),
  "launch-6h": -durationMs("6h"),
  launch: 0,
  "launch+1h": durationMs("1h"),
  "launch+24h": durationMs("24h"),
  "day-1": durationMs("1d"),
  "day-7": durationMs("7d"),
  "day-30": durationMs("30d"),
  daily: durationMs("1d"),
  weekly: durationMs("7d"),
  monthly: durationMs("30d"),
};

const RHYTHM_MS: Readonly<Partial<Record<Phase, number>>> = {
  daily: durationMs("1d"),
  weekly: durationMs("7d"),
  monthly: durationMs("30d"),
};

export interface LaunchClock {
  readonly stage: Stage;
  /** Milliseconds since 1970 UTC; undefined while nobody has said when the launch is. */
  readonly launchAt: number | undefined;
  readonly at: number;
}

export interface Timing {
  readonly due: boolean;
  /** When it first comes due; undefined when it is due at once, or nobody can say when. */
  readonly from: number | undefined;
  /** An answer from before does not count: it is about the time after the launch, or its turn has come again. */
  readonly notBefore: number | undefined;
  /** How long one answer stands before the next is due. */
  readonly everyMs: number | undefined;
}

/**
 * Whether an item of a phase is due, and since when its answer has to be. Phases around the launch and afterwards come
 * due in production only, at their time; daily, weekly and monthly ones come due again that long after each answer.
 */
export function timingOf(phase: Phase, { stage, launchAt, at }: LaunchClock): Timing {
  const offset = FROM_LAUNCH_MS[phase];
  if (offset === undefined || stage !== "production" || launchAt === undefined) {
    return { due: isDue(phase, stage), from: undefined, notBefore: undefined, everyMs: undefined };
  }
  const from = launchAt + offset;
  const everyMs = RHYTHM_MS[phase];
  const notBefore = everyMs !== undefined ? at - everyMs : offset > 0 ? from : undefined;
  return { due: at >= from, from, notBefore, everyMs };
}

/** A phase that looks back at the time after the launch. */
export function isAfterLaunch(phase: Phase): boolean {
  return (FROM_LAUNCH_MS[phase] ?? 0) > 0;
}

/** "T-24h", "launch", "T+1h", "day 7", "weekly": a phase as people say it. */
export function phaseName(phase: Phase): string {
  const hours = /^launch([+-]\d+h)$/.exec(phase);
  if (hours) return `T${hours[1]}`;
  return phase.replace(/^day-/, "day ");
}

/** "2026-11-21 09:00 UTC" */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
