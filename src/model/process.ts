/** A program of the application, as a target runs it. Sizes in bytes, times in milliseconds. */
export interface Process {
  /** The component's name. */
  readonly name: string;
  readonly kind: "web" | "worker" | "schedule" | "site";
  /** Shell line, run in the release's directory; absent for a site. */
  readonly start?: string;
  readonly instances: number;
  /** web: asked from outside before any traffic; k consecutive good answers make it ready. */
  readonly health?: {
    /** Alive: an instance that keeps failing it is started anew. */
    readonly path: string;
    /** Can serve: gates its traffic, but never a reason to end it (its database may be down). Default: `path`. */
    readonly readyPath?: string;
    readonly timeoutMs: number;
    readonly intervalMs: number;
    readonly successes: number;
    /** The whole time a new instance has to become ready. */
    readonly startTimeoutMs: number;
  };
  /** worker: ready when it touched GONOGO_HEARTBEAT_FILE, unwell when it has not for this long. */
  readonly heartbeatWithinMs?: number;
  readonly schedule?: {
    readonly everyMs?: number;
    readonly cron?: string;
    readonly timeZone?: string;
    readonly timeoutMs: number;
    /** How late a run may begin before somebody is told. */
    readonly graceMs?: number;
  };
  /** site: the built directory, relative to the release. */
  readonly site?: {
    readonly directory: string;
    readonly fallback: string | undefined;
    /** Sent with every answer of the site. */
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Requests this process answers: a path prefix, perhaps only on one host name. Longest prefix wins. */
  readonly routes: readonly { readonly prefix: string; readonly host?: string }[];
  /** SIGTERM to SIGKILL; never shorter than the drain. */
  readonly stopGraceMs: number;
  readonly memoryLimitBytes: number | undefined;
  readonly logLimitBytes: number;
}

/** Something the target keeps running outside any release (a local Postgres or Redis). */
export interface Service {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Loopback port that accepts connections when the service is up. */
  readonly port: number;
  readonly stopSignal: "SIGTERM" | "SIGINT";
  readonly stopGraceMs: number;
  /** Of its program, where that is the project's own: with another one it is started anew. */
  readonly code?: string;
}
