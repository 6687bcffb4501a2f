import type { IncidentSeverity } from "../model/channel.ts";
import type { Declared } from "../model/component.ts";
import type { Duration } from "../model/duration.ts";
import type { TargetDeclaration } from "../model/launch.ts";
import type { Stage } from "../model/phase.ts";
import type { Access } from "../model/subject.ts";
import type { VariableType } from "../model/variable.ts";

/** A share as people write it: "99.9%". */
export type Percentage = `${number}%`;

/** What `gonogo.config.ts` hands over: one application, everything about its way to production. */
export interface LaunchDeclaration {
  /** Lower-case words joined by hyphens: it becomes part of host names. */
  readonly name: string;
  /** The Markdown checklist, relative to this file. */
  readonly checklist?: string;
  /** What the application is made of and relies on, by a name of your choice. */
  readonly components: Readonly<Record<string, Declared>>;
  /** Environment variables the application reads that no component brings. */
  readonly variables?: Readonly<Record<string, VariableDeclaration>>;
  readonly promises?: PromisesDeclaration;
  readonly environments: Readonly<Record<string, EnvironmentDeclaration>>;
  readonly deploy?: DeployDeclaration;
  /** When production is launched, with its zone: "2026-12-01T09:00+01:00". Phases around it come due by it. */
  readonly launchAt?: string;
  readonly people?: PeopleDeclaration;
  readonly alerts?: AlertsDeclaration;
  readonly backups?: BackupsDeclaration;
  /** Where Gonogo keeps what it knows of this launch. Default: a file in the project, `.gonogo/gonogo.db`. */
  readonly store?: StoreDeclaration;
  readonly watch?: WatchDeclaration;
  readonly statusPage?: StatusPageDeclaration;
  /** Business figures, by a name of your choice: asked of the database again and again, and held to limits. */
  readonly figures?: Readonly<Record<string, FigureDeclaration>>;
  /** What load it has to bear: `gonogo drill load` sends it, never to production. */
  readonly load?: LoadDeclaration;
  /** How your own checklist asks for a check or a drill: { "slo.latency.met": ["Look at the APM"] }. */
  readonly answers?: Readonly<Record<string, readonly string[]>>;
}

/** Either `users` or `arrivals`; held to the promises of latency and errors. */
export interface LoadDeclaration {
  /** So many people at once, each waiting for an answer and a second before they ask again. */
  readonly users?: number;
  /** So many requests a second, whatever comes back. */
  readonly arrivals?: number;
  /** At most "10m". */
  readonly for: Duration;
  /** Asked with GET, in turn. */
  readonly paths: readonly string[];
}

export type VariableDeclaration = VariableType & {
  /** Default true. */
  readonly required?: boolean;
  /** Default: whether the name speaks of a key, secret, token or password. */
  readonly secret?: boolean;
  readonly description?: string;
  /** Prefixes that must not appear in production ("sk_test_"). */
  readonly testPrefixes?: readonly string[];
  /** Prefixes that must appear in production only ("sk_live_"). */
  readonly livePrefixes?: readonly string[];
  /** Used when nothing sets it; not for secrets. */
  readonly default?: string;
};

/** What users may count on. Gates, the watch after a deploy and alerts all read these. */
export interface PromisesDeclaration {
  /** Over 30 days, or one for each time: { "7d": "99.9%", "30d": "99.95%" }. */
  readonly availability?: Percentage | Readonly<Record<Duration, Percentage>>;
  readonly latency?: { readonly p50?: Duration; readonly p95?: Duration; readonly p99?: Duration };
  /** Greatest share of failed requests, over 30 days or one for each time. */
  readonly errors?: Percentage | Readonly<Record<Duration, Percentage>>;
  /** Longest time from the decision until the previous release answers again. */
  readonly rollback?: Duration;
}

export interface EnvironmentDeclaration {
  /** `local()`, `ssh({ ... })`. */
  readonly target: TargetDeclaration;
  /** A dotenv file, or more sources: the first that sets a name wins. Default: the process's own environment. */
  readonly variables?: string | VariableSources;
  /** The public host name: "soulseer.example". */
  readonly domain?: string;
  /** Where people reach its `gonogo serve`: messages link to it. "https://watch.soulseer.example" */
  readonly watchUrl?: string;
  /** Default: as the name says (staging, production, preview). */
  readonly stage?: Stage;
  /** What checks may do besides reading. Default: `["active"]`, in production nothing. */
  readonly allows?: readonly Access[];
}

export interface VariableSources {
  /** A dotenv file, relative to the configuration. */
  readonly file?: string;
  /** Also the variables Gonogo itself was started with, those that are declared. */
  readonly process?: boolean;
  /** A shell line that prints dotenv lines: "op read op://vault/app/env". Never stored. */
  readonly command?: string;
}

/** What is asked of sign-offs and waivers. */
export interface PeopleDeclaration {
  /** Whether every sign-off needs somebody else than who did the work ("sign --done-by"). Default false. */
  readonly approverDiffers?: boolean;
  /** Who may sign as what: `{ cto: ["Ada Lovelace"] }` for lines with "sign-off (approver=cto)". */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  /** Default "365d". */
  readonly longestSignOff?: Duration;
  /** Default "90d". */
  readonly longestWaiver?: Duration;
}

export interface DeployDeclaration {
  /** Default "15m". */
  readonly buildTimeout?: Duration;
  /** Default "10m". */
  readonly migrateTimeout?: Duration;
  /** How long requests under way may take when their release is replaced. Default "30s". */
  readonly drain?: Duration;
  /** How long a new release is watched after the switch. Default "1m". */
  readonly bake?: Duration;
  /** Default "rollback". */
  readonly onBadBake?: "rollback" | "hold" | "ask";
  /** How long the replaced release stays up for a rollback within a second. Default "15m". */
  readonly warm?: Duration;
  /** Releases kept for a rollback. Default 5. */
  readonly keep?: number;
  /** Paths asked before the switch and while watching: anything but 2xx and 3xx is a breach. */
  readonly smoke?: readonly string[];
  /** What sends the new release back by itself, while it is watched and guarded. */
  readonly rollbackOn?: readonly RollbackTriggerDeclaration[];
  /** How long after the switch that may still happen. Default "2h". */
  readonly guard?: Duration;
}

export type RollbackTriggerDeclaration =
  /** More than this share of the new release's requests fails. */
  | { readonly errors: Percentage }
  /** A check fails, of one component or of each that has it. */
  | { readonly check: string; readonly component?: string }
  /** A blocking check of the component fails. */
  | { readonly component: string }
  /** It answered fewer than this share of the probes. Default over "2h". */
  | { readonly availability: Percentage; readonly over?: Duration };

/** A Postgres that several people and machines share: `gonogo worker` on any of them takes part in the asking. */
export interface StoreDeclaration {
  /** The variable with its address, "GONOGO_STORE": the process's own first, then the environment's. */
  readonly postgres: string;
}

/** What is promised of backups. Each is restored and compared: only then is it one. */
export interface BackupsDeclaration {
  /** Where they are brought, by a name of your choice: `{ here: directory(), offsite: s3({ ... }) }`. */
  readonly destinations: Readonly<Record<string, { readonly kind: string; readonly options: unknown }>>;
  /** How often one is made. Default "1d". */
  readonly every?: Duration;
  /** Most data that may be lost (RPO). Default: a quarter more than `every`. */
  readonly loseAtMost?: Duration;
  /** How long a restore may take (RTO). Default "15m". */
  readonly restoreWithin?: Duration;
  /** How many are kept: the newest ones, and the newest of each hour, day, week, month and year. */
  readonly keep?: {
    /** Default 3. */
    readonly last?: number;
    /** Default 0. */
    readonly hourly?: number;
    /** Default 7. */
    readonly daily?: number;
    /** Default 4. */
    readonly weekly?: number;
    /** Default 12. */
    readonly monthly?: number;
    /** Default 0. */
    readonly yearly?: number;
  };
  /** age public keys of those who can open them ("age1..."). Default: a pair of keys made beside the project. */
  readonly recipients?: readonly string[];
  /** The variable with the private key, or the path of a file with it. Default "BACKUP_IDENTITY". */
  readonly identity?: string;
  /** Directories of uploads, relative to this file or absolute. */
  readonly files?: readonly string[];
  /** Programs that dump or restore beside each other. Default 2. */
  readonly jobs?: number;
  /** Invariants that a restored copy is not asked, because they hang on the time. */
  readonly exceptInvariants?: readonly string[];
}

/** Who is told when something is wrong. */
export interface AlertsDeclaration {
  /** Ways of telling people, by a name of your choice: `{ oncall: slack(), mail: email({ ... }) }`. */
  readonly channels?: Readonly<Record<string, ChannelDeclaration>>;
  /** The first that fits takes an alert. Default: every channel is told everything. */
  readonly routes?: readonly {
    readonly severity?: readonly IncidentSeverity[];
    readonly components?: readonly string[];
    /** Names of channels; none: nobody is told, the incident is kept all the same. */
    readonly to: readonly string[];
  }[];
  /** Told in turn while nobody acknowledges. */
  readonly escalation?: readonly { readonly after: Duration; readonly to: readonly string[] }[];
  /** Within what time a person is expected to acknowledge. Default "5m". */
  readonly acknowledge?: Duration;
  readonly group?: {
    /** Default "cause": what fails together or depends on each other is one group. */
    readonly by?: "cause" | "component" | "environment";
    /** A new group waits at least this. Default "1s". */
    readonly wait?: Duration;
    /** And at most this, while more of it is about to join. Default "30s". */
    readonly gather?: Duration;
    /** Changes of a group are told at these intervals. Default "5m". */
    readonly every?: Duration;
    /** What goes on unchanged is told again after this. Default "4h". */
    readonly repeat?: Duration;
  };
  /** Times in which nobody is told; measuring goes on. */
  readonly maintenance?: readonly {
    readonly name: string;
    /** When it begins: five fields, "0 3 * * 0". */
    readonly cron: string;
    /** Default "UTC". */
    readonly timeZone?: string;
    readonly lasts: Duration;
    readonly components?: readonly string[];
  }[];
}

/** What `slack()` or `email({ ... })` returns. */
export interface ChannelDeclaration {
  readonly kind: string;
  readonly options: unknown;
}

/** What is watched besides what follows from the components. */
export interface WatchDeclaration {
  /** Where `gonogo serve` takes heartbeats and answers. Default: 127.0.0.1 and a free port from 7676 up, kept. */
  readonly listen?: string;
  /** Others' addresses ("1.1.1.1:443") that tell a broken network of the watcher from a broken application. */
  readonly references?: readonly string[];
  readonly probes?: Readonly<Record<string, ProbeDeclaration>>;
  /** How often a check is asked, by its id, where its own pace is not yours: { "webhook.signature.raw-body": "30s" }. */
  readonly every?: Readonly<Record<string, Duration>>;
  /** Jobs that run elsewhere and say so: each gets an address to call. */
  readonly heartbeats?: Readonly<Record<string, HeartbeatDeclaration>>;
  /**
   * A collector of OpenTelemetry (OTLP over HTTP) that gets every reading, deploy and incident. `headers`: the
   * variable that holds its credentials, as "authorization=Bearer%20...".
   */
  readonly telemetry?: { readonly endpoint: string; readonly headers?: string; readonly every?: Duration };
}

export type ProbeDeclaration = ProbeType & {
  readonly title?: string;
  /** Default "20s"; "1m" for the host, "5m" for DNS, "1h" for TLS. */
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
  readonly every?: Duration;
  readonly cron?: string;
  /** In which `cron` is read. Default "UTC". */
  readonly timeZone?: string;
  /** How late it may be, and how long it may run. Default "5m". */
  readonly grace?: Duration;
  readonly severity?: IncidentSeverity;
}

export interface FigureDeclaration {
  /** One statement that gives one row; its first column is the figure. Run where it can only read. */
  readonly sql: string;
  readonly unit?: string;
  /** Variable with the database's address. Default "DATABASE_URL". */
  readonly variable?: string;
  readonly least?: number;
  readonly most?: number;
  readonly title?: string;
  /** Default "5m". */
  readonly every?: Duration;
  /** Default "P2". */
  readonly severity?: IncidentSeverity;
}

/** Tells a launch from any other object a configuration may export. */
export const LAUNCH_MARK = Symbol.for("gonogo.launch");

/** Declares one application. Nothing is judged here: all mistakes are told together when the file is loaded. */
export function defineLaunch(launch: LaunchDeclaration): LaunchDeclaration {
  return Object.defineProperty({ ...launch }, LAUNCH_MARK, { value: true });
}

/** What everybody may see of an environment. */
export interface StatusPageDeclaration {
  /** Default: the launch's name. */
  readonly title?: string;
  /** Names users know, each with the components behind it: `{ Payments: ["api", "payments"] }`. */
  readonly components?: Readonly<Record<string, readonly string[]>>;
}
