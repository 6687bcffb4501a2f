/** What something said of itself. Times in milliseconds since 1970 UTC. */
export interface Heartbeat {
  /** As the declaration calls it, or the schedule's component. */
  readonly name: string;
  /** When it was first waited for. */
  readonly since: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** How it ended last; undefined: it never did. */
  readonly endedWell: boolean | undefined;
  readonly exitCode: number | undefined;
  /** The end of what it sent along last. */
  readonly log: string | undefined;
}

export type PingKind = "start" | "success" | "fail" | "log";

export interface Ping {
  readonly kind: PingKind;
  readonly at: number;
  readonly exitCode?: number;
  readonly log?: string;
}

export function newHeartbeat(name: string, since: number): Heartbeat {
  return {
    name,
    since,
    startedAt: undefined,
    endedAt: undefined,
    endedWell: undefined,
    exitCode: undefined,
    log: undefined,
  };
}

/** Pure. */
export function afterPing(heartbeat: Heartbeat, { kind, at, exitCode, log }: Ping): Heartbeat {
  const said = { ...heartbeat, log: log ?? (kind === "log" ? heartbeat.log : undefined) };
  switch (kind) {
    case "start":
      return { ...said, startedAt: at };
    case "log":
      return said;
    case "success":
    case "fail":
      return {
        ...said,
        startedAt: isRunning(heartbeat) ? heartbeat.startedAt : undefined,
        endedAt: at,
        endedWell: kind === "success",
        exitCode,
      };
  }
}

/** It said that it began, and not yet that it ended. */
export function isRunning({ startedAt, endedAt }: Heartbeat): boolean {
  return startedAt !== undefined && (endedAt === undefined || endedAt < startedAt);
}
