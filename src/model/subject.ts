import type { BackupsSeen } from "./backup.ts";
import type { SwitchSeen } from "./deploy.ts";
import type { HostQuestions, HostStatus } from "./host.ts";
import type { Stage } from "./phase.ts";
import type { ReleaseSummary } from "./release.ts";
import type { LogLine, Runtime } from "./runtime.ts";
import type { Variables } from "./variable.ts";
import type { WatchSeen } from "./watch-seen.ts";

/** What probes an environment permits: reading only, or also sending requests that create test data. */
export type Access = "read" | "active" | "drill";

/** Where an environment answers its users. */
export interface Address {
  /** "https://soulseer.localhost:8443", no trailing slash. */
  readonly url: string;
  /** The plain-HTTP door, when there is one. */
  readonly plainUrl?: string;
  /** PEM of the authority that signed its certificate, when it is not a public one. */
  readonly ca?: string;
}

export interface EnvironmentSummary {
  readonly name: string;
  readonly stage: Stage;
  readonly allows: readonly Access[];
}

/** Another component of the same launch, as a check may see it. */
export interface Sibling {
  readonly name: string;
  readonly kind: string;
  readonly options: unknown;
}

/** Another environment of the same launch, as far as it can be compared without its values. */
export interface OtherEnvironment {
  readonly name: string;
  readonly stage: Stage;
  /** Variables that somebody gives a value there. */
  readonly names: readonly string[];
  /** Those that its target supplies where nobody does. */
  readonly supplied?: readonly string[];
  /** Name -> `Secret.fingerprint(salt)`. */
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly salt: string;
  /** Why its values cannot be had here; names and fingerprints are then those of its live release, or none. */
  readonly unreadable?: string;
}

/** What may be asked of the target about what runs there. */
export interface TargetView {
  /** The last `lines` of each instance. */
  logs(
    request: { process?: string; release?: string; lines: number },
    signal: AbortSignal,
  ): Promise<readonly LogLine[]>;
  host(signal: AbortSignal, asked?: HostQuestions): Promise<HostStatus | undefined>;
}

/** One declared component in one environment: what facts look at and checks ask about. */
export interface Subject<Options = unknown> {
  readonly component: string;
  readonly kind: string;
  readonly options: Options;
  readonly launch: string;
  readonly siblings: readonly Sibling[];
  readonly environment: EnvironmentSummary;
  /** Absolute path of the project (or of the release's own copy of it). */
  readonly directory: string;
  readonly variables: Variables;
  /** What prints of their values are keyed with. Absent: nobody is going to compare any. */
  readonly salt?: string;
  /** Undefined while nothing is deployed. */
  readonly address: Address | undefined;
  readonly release: ReleaseSummary | undefined;
  /** Absolute path of the release as it was built; absent while there is none. */
  readonly built?: string;
  /** What runs, as the target tells it; undefined while nothing is deployed. */
  readonly runtime: Runtime | undefined;
  /** Absent: nobody may ask the target. */
  readonly target?: TargetView;
  /** Absent: nobody looked at the other environments. */
  readonly otherEnvironments?: readonly OtherEnvironment[];
  /** Reads, once, the backups there are; undefined where none are declared. Absent: nobody may look. */
  readonly backups?: () => Promise<BackupsSeen | undefined>;
  /** Reads, once, how the newest release took over; undefined while none has. Absent: nobody may look. */
  readonly switched?: () => Promise<SwitchSeen | undefined>;
  /** Reads, once, what is watched. Absent, or undefined: nobody may look. */
  readonly watch?: () => Promise<WatchSeen | undefined>;
}
