import type { Duration } from "../model/duration.ts";

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
