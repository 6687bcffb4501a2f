/** What came of running a release's migrations on a copy of the data before they touched the data itself. */
export interface Rehearsal {
  readonly at: number;
  /** Names of the migrations that ran, as their folder has them. */
  readonly migrations: readonly string[];
  /** The backup the copy was restored from. */
  readonly backup: string;
  /** What comparing the copy with what was backed up said; undefined when it was not compared. */
  readonly proof: string | undefined;
  readonly figures: RehearsalFigures;
  /** The release that was live, and asked its smoke checks on the copy before and after; undefined: there was none. */
  readonly previous: string | undefined;
  readonly verdict: RollbackVerdict;
  /** What the verdict rests on, a sentence each. */
  readonly reasons: readonly string[];
}

/**
 * Whether the previous release runs on the migrated schema: its code alone can go back; it was shown not to run, so
 * that only a restore brings it back; or nobody could tell.
 */
export type RollbackVerdict = "code only" | "restore needed" | "not shown";

/** Milliseconds; what stood in the way is told table by table. */
export interface RehearsalFigures {
  readonly restoredInMs: number;
  /** The whole migrate line. */
  readonly tookMs: number;
  /** The strongest lock seen on each table, longest first, and for how long it was seen. */
  readonly locks: readonly SeenLock[];
  /** Tables and indexes written anew (their relfilenode changed), with the rows they hold. */
  readonly rewritten: readonly { readonly table: string; readonly rows: number }[];
  /** Rows inserted, updated and deleted by the migration. */
  readonly rowsChanged: number;
  /** Longest that one read, one write had to wait, and on which table. */
  readonly reader: Blocked;
  readonly writer: Blocked;
}

export interface SeenLock {
  readonly table: string;
  /** As in pg_locks: "AccessExclusiveLock". */
  readonly mode: string;
  readonly heldMs: number;
}

export interface Blocked {
  readonly worstMs: number;
  readonly table: string | undefined;
  /** How often it was tried. */
  readonly tries: number;
}

/** What a migration may take; past it the deploy is refused before the data is touched. Milliseconds. */
export interface RehearsalBudget {
  readonly durationMs: number;
  readonly blockedMs: number;
}
