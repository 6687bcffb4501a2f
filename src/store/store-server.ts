import type { Reading } from "../model/monitor.ts";
import type { KnownRows, TakenIn } from "./away-rows.ts";
import type { MeasurementStore } from "./measurements/measurement-store.ts";
import type { TaskLeaseBook } from "./server/task-lease-book.ts";
import type { Me, Watcher, WatchLease, WatchLock } from "./watch-lease.ts";

/** What several machines share of one launch, besides what every store keeps. */
export interface StoreServer {
  /** "db.example:5432/team, schema gonogo_shop": no user, no password. */
  readonly place: string;
  /** Throws UserError naming who watches the environment already. */
  lockWatch(environment: string, me: Me, lease?: WatchLease): Promise<WatchLock>;
  currentWatcher(environment: string): Promise<Watcher | undefined>;
  /** With `hands`, what is appended is also handed to whoever watches the environment. */
  openMeasurements(
    environment: string,
    options: { readonly writes: boolean; readonly hands?: boolean },
  ): Promise<MeasurementStore>;
  /** When each of these monitors was asked last, by whomever; those that never were are left out. */
  lastAsked(environment: string, monitors: readonly string[]): Promise<ReadonlyMap<string, number>>;
  leases(environment: string): TaskLeaseBook;
  /** Copies everything of a store in a file into this one. Throws UserError when this one is not new. */
  fillFrom(file: string): Promise<void>;
  /** What a rollback needs to know of an environment, for the day on which this server is away. */
  known(environment: string): Promise<KnownRows>;
  /**
   * Takes in what was done while this server was away, from the file in which it was kept meanwhile; once, however
   * often it is handed in. Returns what is new here, with the numbers it has here.
   */
  takeIn(environment: string, file: string): Promise<TakenIn[]>;
  /** What workers have handed over since the last time, oldest first; each reading is given once. */
  takeHanded(environment: string): Promise<Reading[]>;
}
