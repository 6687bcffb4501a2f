import type { z } from "zod";
import type { AnyCheck } from "./check.ts";
import type { Doors } from "./doors.ts";
import type { Duration } from "./duration.ts";
import type { Stage } from "./phase.ts";
import type { ComponentProbe } from "./probe.ts";
import type { Process, Service } from "./process.ts";
import type { RehearsalBudget } from "./rehearsal.ts";
import type { Secret } from "./secret.ts";
import type { Variable } from "./variable.ts";

/** What a component kind is: everything about it lives in its folder and is joined here. */
export interface ComponentKind<Options> {
  /** "postgres": the word in the declaration. */
  readonly kind: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  variables(options: Options, name: string): readonly Omit<Variable, "declaredBy">[];
  readonly checks: readonly AnyCheck[];
  /** How this one's own checks are asked for in a checklist, where the declaration says so. */
  answers?(options: Options): readonly { readonly check: string; readonly asks: readonly string[] }[];
  /** What is asked of it all the time while it is watched, besides its checks that say how often. */
  probes?(options: Options, name: string): readonly ComponentProbe[];
  /** The application's processes cannot do without it: its trouble explains theirs. */
  readonly isBasis?: true;
  /** Processes of the application that a target runs for each release. */
  processes?(options: Options, name: string): readonly Process[];
  /** Commands of the release besides its processes. */
  commands?(options: Options, name: string): ReleaseCommands;
  /** How this machine supplies it when no variable names one. Undefined: this one is not for this machine to supply. */
  provision?(request: ProvisionRequest<Options>): Promise<Provisioned | undefined>;
  /** Set where `provision` supplies it in every environment of such a target: foretold before the first deploy. */
  readonly isSupplied?: true;
}

export interface ReleaseCommands {
  /** Shell line run once in the release's directory before anything starts. */
  readonly build?: string;
  /** Shell line run once per deploy with the new release's code and variables. */
  readonly migrate?: {
    readonly line: string;
    /** As it was declared, for people: `line` may set variables before it. */
    readonly says?: string;
    readonly timeout: Duration;
    readonly pending?: PendingMigrations;
    /** Whether the database holds no table yet, so that nothing can be lost. Throws OutsideError. */
    readonly isEmpty?: (request: Parameters<PendingMigrations>[0]) => Promise<boolean>;
    /** What it may take on a copy of the data, tried before the data is touched; absent: it cannot be rehearsed. */
    readonly rehearsal?: {
      readonly budget: RehearsalBudget;
      /** Whether a deploy is refused that cannot rehearse, for want of a server to copy to. */
      readonly isRequired: boolean;
      /** Names of the variables with the database's address: as the application, as the owner of the tables. */
      readonly application: string;
      readonly owner: string;
    };
  };
  /** Dumps the data before a migration; returns what was written. */
  readonly backup?: (
    request: BackupRequest,
  ) => Promise<{ readonly file: string; readonly sizeBytes: number }>;
}

/** Tells which migrations of the release's directory the database has not seen, and which it has. */
export type PendingMigrations = (request: {
  readonly directory: string;
  readonly variables: ReadonlyMap<string, Secret>;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}) => Promise<{ readonly applied: readonly string[]; readonly pending: readonly string[] }>;

export interface BackupRequest {
  readonly directory: string;
  readonly variables: ReadonlyMap<string, Secret>;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

export interface ProvisionRequest<Options> {
  readonly name: string;
  readonly options: Options;
  readonly launch: string;
  /** Absolute directory of the project, for a stand-in that the project brings itself. */
  readonly project: string;
  readonly stage: Stage;
  /** A directory of this component's own, writable, kept between deploys. */
  readonly directory: string;
  readonly doors: Doors;
  /** A free loopback port, the same one at each call with the same label. */
  port(label: string): Promise<number>;
  readonly signal: AbortSignal;
}

/** A service for the agent to keep running, and the variables that lead to it. */
export interface Provisioned {
  readonly service: Service;
  /** Run after the service answers; idempotent (create role, create database). */
  readonly settle?: (signal: AbortSignal) => Promise<void>;
  readonly variables: Readonly<Record<string, Secret>>;
  /** Directories it keeps outside of its own, which a purge of the environment removes too. */
  readonly directories?: readonly string[];
  /** What was found or chosen, for people: "postgres 15.18 from /usr/lib/postgresql/15/bin on port 5433". */
  readonly told: string;
}

/** What `postgres({...})` returns in a declaration: not yet judged. */
export interface Declared {
  readonly kind: string;
  readonly options: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: kinds with every options type stand in one registry
export type AnyComponentKind = ComponentKind<any>;

export interface DeclareComponent<Input> {
  (options?: Input): Declared;
  readonly definition: AnyComponentKind;
}

/** Makes the function a declaration calls; the options are judged when the launch is loaded, all at once. */
export function defineComponent<Schema extends z.ZodType>(
  definition: Omit<ComponentKind<z.output<Schema>>, "options"> & { readonly options: Schema },
): DeclareComponent<z.input<Schema>> {
  const declare = (options: z.input<Schema> = {} as z.input<Schema>): Declared => ({
    kind: definition.kind,
    options,
  });
  return Object.assign(declare, { definition: definition as AnyComponentKind });
}
