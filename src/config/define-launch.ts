import type { Declared } from "../model/component.ts";
import type { Duration } from "../model/duration.ts";
import type { TargetDeclaration } from "../model/launch.ts";
import type { Stage } from "../model/phase.ts";
import type { Access } from "../model/subject.ts";
import type { VariableType } from "../model/variable.ts";
import type { AlertsDeclaration } from "./alerts-declaration.ts";
import type { BackupsDeclaration, StoreDeclaration } from "./backups-declaration.ts";
import type { DeployDeclaration, Percentage } from "./deploy-declaration.ts";
import type { FigureDeclaration, StatusPageDeclaration, WatchDeclaration } from "./watch-declaration.ts";

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
  /** What users may count on. Gates, the watch after a deploy and alerts all read these. */
  readonly promises?: PromisesDeclaration;
  /** Where it runs, by a name of your choice: a target and the values of its variables. */
  readonly environments: Readonly<Record<string, EnvironmentDeclaration>>;
  /** How a release is brought out, watched and sent back. */
  readonly deploy?: DeployDeclaration;
  /** When production is launched, with its zone: "2026-12-01T09:00+01:00". Phases around it come due by it. */
  readonly launchAt?: string;
  /** What is asked of sign-offs and waivers. */
  readonly people?: PeopleDeclaration;
  /** Who is told when something is wrong. */
  readonly alerts?: AlertsDeclaration;
  /** What is promised of backups. Each is restored and compared: only then is it one. */
  readonly backups?: BackupsDeclaration;
  /** Where Gonogo keeps what it knows of this launch. Default: a file in the project, `.gonogo/gonogo.db`. */
  readonly store?: StoreDeclaration;
  /** What is watched besides what follows from the components. */
  readonly watch?: WatchDeclaration;
  /** What everybody may see of an environment. */
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
  /** Whether the application cannot do without it. Default true. */
  readonly required?: boolean;
  /** Default: whether the name speaks of a key, secret, token or password. */
  readonly secret?: boolean;
  /** What it is for, told where its value is missing. */
  readonly description?: string;
  /** Prefixes that must not appear in production ("sk_test_"). */
  readonly testPrefixes?: readonly string[];
  /** Prefixes that must appear in production only ("sk_live_"). */
  readonly livePrefixes?: readonly string[];
  /** Used when nothing sets it; not for secrets. */
  readonly default?: string;
};

export interface PromisesDeclaration {
  /** Over 30 days, or one for each time: { "7d": "99.9%", "30d": "99.95%" }. */
  readonly availability?: Percentage | Readonly<Record<Duration, Percentage>>;
  /** How soon that share of the requests is answered, measured at the edge: p95 is 95 of 100. */
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
  /**
   * What checks may do besides reading: "active" sends requests that create test data, "drill" disrupts.
   * Default: `["active"]`, in production nothing.
   */
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

export interface PeopleDeclaration {
  /** Whether every sign-off needs somebody else than who did the work ("sign --done-by"). Default false. */
  readonly approverDiffers?: boolean;
  /** Who may sign as what: `{ cto: ["Ada Lovelace"] }` for lines with "sign-off (approver=cto)". */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  /** How long a sign-off counts at most. Default "365d". */
  readonly longestSignOff?: Duration;
  /** How long a finding can be waived at most. Default "90d". */
  readonly longestWaiver?: Duration;
}

/** Tells a launch from any other object a configuration may export. */
export const LAUNCH_MARK = Symbol.for("gonogo.launch");

/** Declares one application. Nothing is judged here: all mistakes are told together when the file is loaded. */
export function defineLaunch(launch: LaunchDeclaration): LaunchDeclaration {
  return Object.defineProperty({ ...launch }, LAUNCH_MARK, { value: true });
}
