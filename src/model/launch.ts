import type { AlertPolicy } from "./alert-policy.ts";
import type { BackupPolicy } from "./backup-policy.ts";
import type { AnyComponentKind } from "./component.ts";
import type { LoadPlan } from "./load-plan.ts";
import type { PeoplePolicy } from "./people-policy.ts";
import type { Stage } from "./phase.ts";
import type { Promises } from "./promise.ts";
import type { RollbackTrigger } from "./rollback-trigger.ts";
import type { StatusPage } from "./status-page.ts";
import type { Access } from "./subject.ts";
import type { Variable } from "./variable.ts";
import type { WatchPolicy } from "./watch-policy.ts";

/** The declaration of one application after it was loaded and found without a mistake. */
export interface Launch {
  readonly name: string;
  /** Absolute directory of the configuration file: the project. */
  readonly directory: string;
  readonly configFile: string;
  /** Hash of the declaration as data, for evidence and releases. */
  readonly configuration: string;
  /** Path of the Markdown checklist, relative to the project. */
  readonly checklist: string | undefined;
  readonly components: readonly Component[];
  /** Declared by the launch itself and by every component, in order, without doubles. */
  readonly variables: readonly Variable[];
  readonly promises: Promises;
  readonly environments: readonly Environment[];
  readonly deploy: DeployPolicy;
  /** When production is launched, in milliseconds since 1970 UTC; absent: nobody has said. */
  readonly launchAt?: number | undefined;
  readonly people?: PeoplePolicy;
  readonly alerts: AlertPolicy;
  /** Absent: only what follows from the components. */
  readonly watch?: WatchPolicy;
  readonly statusPage?: StatusPage;
  /** By check, "component/check" or "drill.NAME": how the team's own checklist asks for it. */
  readonly answers?: Readonly<Record<string, readonly string[]>>;
  /** Absent: no load is declared. */
  readonly load?: LoadPlan;
  /** Absent: nothing is promised of backups. */
  readonly backups?: BackupPolicy;
  /** The variable with the address of the Postgres that keeps the store; absent: it is a file in the project. */
  readonly store?: { readonly postgres: string };
}

export interface Component {
  readonly name: string;
  readonly kind: AnyComponentKind;
  /** As the kind's schema gave them back, defaults filled in. */
  readonly options: unknown;
}

export interface Environment {
  readonly name: string;
  readonly stage: Stage;
  readonly target: TargetDeclaration;
  /** Where values come from, first wins: the file, then the process, then a command's output. */
  readonly variables: {
    readonly file: string | undefined;
    readonly command: string | undefined;
    readonly process: boolean;
    /** Where the configuration says so: "/app/gonogo.config.ts:12:5". */
    readonly declaredAt?: string;
  };
  readonly domain: string | undefined;
  /** Where people reach its `gonogo serve`, without a slash at its end; absent: messages cannot link to it. */
  readonly watchUrl?: string;
  readonly allows: readonly Access[];
}

/** What `local()` or `ssh({...})` returns in a declaration, judged. */
export interface TargetDeclaration {
  readonly kind: string;
  readonly options: unknown;
}

/** Times in milliseconds. */
export interface DeployPolicy {
  readonly buildTimeoutMs: number;
  readonly migrateTimeoutMs: number;
  readonly drainMs: number;
  /** How long the new release is watched after the switch. */
  readonly bakeMs: number;
  readonly onBadBake: "rollback" | "hold" | "ask";
  /** How long the replaced release is kept running for a warm rollback. */
  readonly warmMs: number;
  /** Releases kept on the target for a cold rollback. */
  readonly keep: number;
  /** Paths asked before the switch and through the bake besides health; anything but 2xx/3xx is a breach. */
  readonly smoke: readonly string[];
  /** What sends the new release back, in its bake and while it is guarded. */
  readonly rollbackOn: readonly RollbackTrigger[];
  /** How long after the switch a trigger may still send it back by itself. */
  readonly guardMs: number;
}
