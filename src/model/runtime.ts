/** What a target says of the things it runs. Times are milliseconds since 1970 UTC. */
export interface Runtime {
  readonly instances: readonly InstanceStatus[];
  readonly schedules: readonly ScheduleStatus[];
  /** The latest; left out by a target that keeps none. */
  readonly stops?: readonly StopRecord[] | undefined;
  /** Release that answers users, whose schedules run; left out by a target that does not say. */
  readonly live?: string | undefined;
}

export type InstanceState = "starting" | "ready" | "unhealthy" | "backing off" | "stopping" | "stopped";

export interface InstanceStatus {
  readonly release: string;
  /** The component's name; services the target supplies (a local Postgres) have release "". */
  readonly process: string;
  readonly index: number;
  readonly state: InstanceState;
  readonly pid: number | undefined;
  readonly port: number | undefined;
  readonly startedAt: number | undefined;
  readonly restarts: number;
  readonly memoryBytes: number | undefined;
  /** When a worker last said that it is alive. */
  readonly heartbeatAt: number | undefined;
  readonly lastExit:
    | { readonly code: number | null; readonly signal: string | null; readonly at: number }
    | undefined;
}

/** How an instance ended that was told to stop. Kept when its release is gone, hence with that one's commit. */
export interface StopRecord {
  readonly release: string;
  readonly commit: string;
  /** Whether it was ready when it was told to stop; left out by a target that does not say. */
  readonly wasReady?: boolean | undefined;
  readonly process: string;
  readonly index: number;
  readonly code: number | null;
  readonly signal: string | null;
  readonly at: number;
}

export interface ScheduleStatus {
  readonly process: string;
  readonly everyMs: number | undefined;
  readonly cron: string | undefined;
  /** In which `cron` is read; left out by a target that does not say. */
  readonly timeZone?: string | undefined;
  readonly lastStartedAt: number | undefined;
  readonly lastFinishedAt: number | undefined;
  readonly lastExitCode: number | undefined;
  readonly lastTookMs: number | undefined;
  readonly nextAt: number | undefined;
  readonly failures: number;
}

/** A line that a process wrote. Values of variables are replaced by "[NAME]". */
export interface LogLine {
  readonly process: string;
  readonly index: number;
  readonly release: string;
  readonly text: string;
}
