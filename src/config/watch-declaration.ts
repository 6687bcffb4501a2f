import type { IncidentSeverity } from "../model/channel.ts";
import type { Duration } from "../model/duration.ts";

/** What is watched besides what follows from the components. */
export interface WatchDeclaration {
  /** Where `gonogo serve` takes heartbeats and answers. Default: 127.0.0.1 and a free port from 7676 up, kept. */
  readonly listen?: string;
  /** Others' addresses ("1.1.1.1:443") that tell a broken network of the watcher from a broken application. */
  readonly references?: readonly string[];
  /** Questions of your own, by a name of your choice. */
  readonly probes?: Readonly<Record<string, ProbeDeclaration>>;
  /** How often a check is asked, by its id, where its own pace is not yours: { "webhook.signature.raw-body": "30s" }. */
  readonly every?: Readonly<Record<string, Duration>>;
  /** Jobs that run elsewhere and say so: each gets an address to call. */
  readonly heartbeats?: Readonly<Record<string, HeartbeatDeclaration>>;
  /**
   * A collector of OpenTelemetry (OTLP over HTTP) that gets every reading, deploy and incident. `headers`: the
   * variable that holds its credentials, as "authorization=Bearer%20...".
   */
  readonly telemetry?: {
    /** "https://otlp.example" */
    readonly endpoint: string;
    readonly headers?: string;
    /** How often readings are sent. Default "15s". */
    readonly every?: Duration;
  };
}

export type ProbeDeclaration = ProbeType & {
  /** What is so while it is up. Default: "<name> answers". */
  readonly title?: string;
  /** How often it is asked. Default "20s"; "1m" for the host, "5m" for DNS, "1h" for TLS. */
  readonly every?: Duration;
  /** Of the incident it opens. Default "P1". */
  readonly severity?: IncidentSeverity;
};

type ProbeType =
  /** A path of the environment's own address, or a URL. `accept`: default "below 400". */
  | {
      readonly type: "http";
      readonly at: string;
      readonly accept?: "2xx" | "below 400" | "below 500";
      readonly fresh?: boolean;
    }
  | { readonly type: "tcp"; readonly host: string; readonly port: number }
  /** Down when the certificate ends within `daysLeft` (default 14). Without a host: the environment's own address. */
  | { readonly type: "tls"; readonly host?: string; readonly port?: number; readonly daysLeft?: number }
  | {
      readonly type: "dns";
      readonly name: string;
      readonly record?: "A" | "AAAA" | "CNAME" | "MX" | "NS" | "TXT";
      readonly expect?: string;
      /** Default: this machine's resolver. */
      readonly server?: string;
    }
  | { readonly type: "websocket"; readonly at: string }
  | { readonly type: "postgres" | "redis"; readonly variable?: string }
  /** `most`: the greatest share in use, 0.9 for 90 %; of the processors, load for each of them. */
  | { readonly type: "host"; readonly what: "disk" | "memory" | "cpu"; readonly most: number };

/** Either `every` or `cron`. */
export interface HeartbeatDeclaration {
  /** How often the job runs; or `cron`. */
  readonly every?: Duration;
  /** When the job runs: "0 3 * * *"; or `every`. */
  readonly cron?: string;
  /** In which `cron` is read. Default "UTC". */
  readonly timeZone?: string;
  /** How late it may be, and how long it may run. Default "5m". */
  readonly grace?: Duration;
  /** Of the incident it opens. Default "P1". */
  readonly severity?: IncidentSeverity;
}

export interface FigureDeclaration {
  /** One statement that gives one row; its first column is the figure. Run where it can only read. */
  readonly sql: string;
  /** Shown behind the figure. */
  readonly unit?: string;
  /** Variable with the database's address. Default "DATABASE_URL". */
  readonly variable?: string;
  /** Below it the figure is down. */
  readonly least?: number;
  /** Above it the figure is down. */
  readonly most?: number;
  /** Default: "<name> is as expected". */
  readonly title?: string;
  /** How often it is asked. Default "5m". */
  readonly every?: Duration;
  /** Of the incident it opens. Default "P2". */
  readonly severity?: IncidentSeverity;
}

/** What everybody may see of an environment. */
export interface StatusPageDeclaration {
  /** Default: the launch's name. */
  readonly title?: string;
  /** Names users know, each with the components behind it: `{ Payments: ["api", "payments"] }`. */
  readonly components?: Readonly<Record<string, readonly string[]>>;
}
