import type { AnyDestinationKind } from "./destination.ts";

/** What is promised of backups. Times in milliseconds. */
export interface BackupPolicy {
  /** How often one is made. */
  readonly everyMs: number;
  /** Most data that may be lost: the age of the newest backup that was proven (RPO). */
  readonly loseAtMostMs: number;
  /** How long a restore may take (RTO). */
  readonly restoreWithinMs: number;
  readonly keep: Retention;
  /** In the order of the declaration; a proof takes the first that answers. */
  readonly destinations: readonly Destination[];
  /** age public keys; none: Gonogo makes a pair of its own beside the project. */
  readonly recipients: readonly string[];
  /** Name of the variable with the private key. */
  readonly identity: string;
  /** Directories of uploads, relative to the project or absolute. */
  readonly files: readonly string[];
  /** Programs of one kind that work beside each other. */
  readonly jobs: number;
  /** Titles of invariants that a restored copy is not asked: what hangs on the time of day. */
  readonly exceptInvariants: readonly string[];
}

/** Grandfather, father, son: how many of each are kept, the newest of its hour, day, week, month or year. */
export interface Retention {
  readonly last: number;
  readonly hourly: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
  readonly yearly: number;
}

export interface Destination {
  readonly name: string;
  readonly kind: AnyDestinationKind;
  readonly options: unknown;
}
