import type { z } from "zod";
import type { Doors } from "./doors.ts";
import type { UserError } from "./errors.ts";
import type { HostQuestions, HostStatus } from "./host.ts";
import type { Stage } from "./phase.ts";
import type { Process, Service } from "./process.ts";
import type { LogLine, Runtime } from "./runtime.ts";
import type { Secret } from "./secret.ts";
import type { Address } from "./subject.ts";

/** What a deploy hands to a target: everything one release needs to run. */
export interface ReleaseToRun {
  readonly id: string;
  readonly commit: string;
  /** Directory with the built code, on the target. */
  readonly directory: string;
  readonly variables: ReadonlyMap<string, Secret>;
  readonly processes: readonly Process[];
}

export interface LeaseHolder {
  readonly owner: string;
  readonly purpose: string;
  readonly since: number;
  readonly step: string;
  readonly expiresAt: number;
}

/** Held through a whole deploy; renewed by itself, lost when its owner is gone for longer than its time to live. */
export interface Lease extends AsyncDisposable {
  readonly token: string;
  /** Aborted when the lease was lost or stolen: whoever holds it must stop. */
  readonly lost: AbortSignal;
  /** Told to whoever asks who holds the lock. */
  step(name: string): Promise<void>;
  /** Gives it back. Throws when nobody could be told, or when it was lost before; disposing it never does. */
  release(): Promise<void>;
}

export interface TargetStatus extends Runtime {
  /** Release that answers users now. */
  readonly live: string | undefined;
  /** Release kept running for a warm rollback, and until when. */
  readonly warm: { readonly release: string; readonly until: number } | undefined;
  readonly staged: string | undefined;
  readonly lease: LeaseHolder | undefined;
  readonly releases: readonly string[];
  /** Undefined where nothing runs that could answer. */
  readonly address: Address | undefined;
  /** Where nothing runs: when it was last seen to; milliseconds since 1970 UTC. */
  readonly seenAt?: number | undefined;
}

/** Requests of users that the edge served, by release, since it was asked to count from `since`. Milliseconds. */
export interface Traffic {
  readonly release: string;
  readonly requests: number;
  readonly failed: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

/** What one release answered users (not Gonogo's own questions) within a span of time: what sums and percentiles of any length are made of. */
export interface TrafficSpan {
  readonly release: string;
  readonly requests: number;
  readonly failed: number;
  /** How many answers took about so long: middles of classes 9 % wide, in milliseconds, ascending. */
  readonly latencies: readonly (readonly [ms: number, count: number])[];
}

/** What it took to bring a release's code to where it runs. */
export interface Uploaded {
  readonly files: number;
  /** Those that no kept release had. */
  readonly sentFiles: number;
  /** Compressed. */
  readonly sentBytes: number;
}

/** Where an environment runs. One set of verbs for this machine, SSH hosts and platforms. */
export interface Target extends Partial<AsyncDisposable> {
  /** Ready to take a release: the agent runs, its ports are held. Throws what `obstacle` tells. */
  prepare(signal: AbortSignal): Promise<void>;
  /** What is declared otherwise than it runs and is not changed under its users, with what to do; asks, changes nothing. */
  obstacle?(signal: AbortSignal): Promise<UserError | undefined>;
  /** Throws UserError naming the holder, since when and at which step. `steal` takes it over and says why. */
  lock(owner: string, purpose: string, signal: AbortSignal, options?: { steal?: string }): Promise<Lease>;
  status(signal: AbortSignal): Promise<TargetStatus>;
  /** What the application relies on is named by its variables: a local Postgres would be on another machine. */
  readonly suppliesNothing?: true;
  /** Brings the built code from this machine to where it runs; `stage` finds it there. Absent: it is built where it runs. */
  upload?(
    lease: Lease,
    release: { readonly id: string; readonly directory: string },
    signal: AbortSignal,
  ): Promise<Uploaded>;
  /** Keeps a supplied service (a local Postgres) running; returns when it accepts connections. */
  supply(service: Service, signal: AbortSignal): Promise<void>;
  /** A free loopback port remembered under a label. */
  port(label: string, signal: AbortSignal): Promise<number>;
  /** Starts a release beside the live one; resolves when all of it is ready, throws with the last probe and log lines. */
  stage(lease: Lease, release: ReleaseToRun, signal: AbortSignal): Promise<Address>;
  /** Starts a kept release again, with its own code and variables as they were; like `stage` in all else. */
  revive(lease: Lease, release: string, signal: AbortSignal): Promise<Address>;
  /** Moves traffic to a release that is ready. The other one stays warm. */
  switchTo(lease: Lease, release: string, signal: AbortSignal): Promise<{ readonly tookMs: number }>;
  /** Drains and stops a release after `afterMs`; the target sees to it by itself. */
  retire(lease: Lease, release: string, afterMs: number, signal: AbortSignal): Promise<void>;
  /** Stops a release that never got traffic, now. */
  discard(lease: Lease, release: string, signal: AbortSignal): Promise<void>;
  /** Keeps only these releases on the target. */
  prune(lease: Lease, keep: readonly string[], signal: AbortSignal): Promise<void>;
  /**
   * Stops a supplied service until the hold is disposed; also ended by the target itself when the lease is lost.
   * Absent: what this environment relies on is not this target's to stop.
   */
  hold?(lease: Lease, service: string, signal: AbortSignal): Promise<AsyncDisposable>;
  /** A new certificate for its own name, served from now on. Absent: somebody else issues it. */
  reissue?(lease: Lease, signal: AbortSignal): Promise<void>;
  traffic(sinceMs: number, signal: AbortSignal): Promise<readonly Traffic[]>;
  /** Whole seconds from `from` up to, not including, `until` (milliseconds since 1970 UTC). Absent: nobody counts. */
  trafficSpan?(
    span: { readonly from: number; readonly until: number },
    signal: AbortSignal,
  ): Promise<readonly TrafficSpan[]>;
  logs(
    request: { process?: string; release?: string; lines: number },
    signal: AbortSignal,
  ): Promise<readonly LogLine[]>;
  /** The machine it runs on; undefined where nothing is deployed, or where nobody may look (a platform). */
  host(signal: AbortSignal, asked?: HostQuestions): Promise<HostStatus | undefined>;
  /**
   * Ends everything this environment runs on the target; with `purge` its data too, and directories `outside` the
   * environment's own. Throws UserError, as `lock` does, while a command holds the lock; nobody gets it meanwhile.
   */
  stop(
    options: { owner: string; purge: boolean; outside?: readonly string[] },
    signal: AbortSignal,
  ): Promise<void>;
}

/** What a kind of target is told when an environment is opened. Opening starts nothing. */
export interface TargetRequest<Options> {
  readonly launch: string;
  readonly environment: string;
  /** Absolute; the environment's own directory: `<project>/.gonogo/<environment>`. */
  readonly directory: string;
  /** Absent: as in production. */
  readonly stage?: Stage;
  /** The domain the environment declares. */
  readonly host: string | undefined;
  readonly options: Options;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/** What a target kind is: `local`, `ssh`, a platform. */
export interface TargetKind<Options> {
  /** "local": the word in the declaration. */
  readonly kind: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  open(request: TargetRequest<Options>): Promise<Target>;
}

// biome-ignore lint/suspicious/noExplicitAny: kinds with every options type stand in one registry
export type AnyTargetKind = TargetKind<any>;

export interface DeclareTarget<Input> {
  (options?: Input): { readonly kind: string; readonly options: unknown };
  readonly definition: AnyTargetKind;
}

/** Makes the function a declaration calls; the options are judged when the launch is loaded, all at once. */
export function defineTarget<Schema extends z.ZodType>(
  definition: Omit<TargetKind<z.output<Schema>>, "options"> & { readonly options: Schema },
): DeclareTarget<z.input<Schema>> {
  const declare = (options: z.input<Schema> = {} as z.input<Schema>) => ({ kind: definition.kind, options });
  return Object.assign(declare, { definition: definition as AnyTargetKind });
}
