import type { BackupsSeen } from "../model/backup.ts";
import type { Clock } from "../model/doors.ts";
import type { Environment, Launch } from "../model/launch.ts";
import type { Monitor } from "../model/monitor.ts";
import type { ChannelTrouble } from "../notify/channel-health.ts";
import type { MeasurementStore } from "../store/measurements/measurement-store.ts";
import type { Stop } from "../store/stop-store.ts";
import type { Store } from "../store/store.ts";
import type { LiveBoard } from "./live-board.ts";

/** Everything the API and its pages answer from. */
export interface ApiSources {
  readonly launch: Launch;
  readonly environment: Environment;
  readonly store: Store;
  readonly measurements: MeasurementStore;
  readonly monitors: readonly Monitor[];
  readonly board: LiveBoard;
  readonly clock: Clock;
  /** How each promise stands. */
  promises(): readonly PromiseSeen[];
  /** Ways of telling people that would tell nobody now. */
  channels(): Promise<readonly ChannelTrouble[]>;
  /** How the watcher itself fares. */
  figures(): WatcherFigures;
  /** Undefined: none are declared. */
  backups(): Promise<BackupsSeen | undefined>;
  /** Since when and by whom it is stopped on purpose: what monitors said last is not how it is now. */
  stopped?(): Promise<Stop | undefined>;
  /** Release that answers users. */
  liveRelease(): Promise<string | undefined>;
  readonly release: ReleaseAnswers;
}

/** What can be done about a release that went bad and stays live. */
export interface ReleaseAnswers {
  /** Undefined: there is nothing to go back to. */
  wayBack(): Promise<WayBack | undefined>;
  /** Begins to go back, from and to what was shown; what comes of it is told in the incident. Returns why it does not begin. */
  goBack(order: {
    readonly incident: string;
    readonly by: string;
    readonly reason: string;
    readonly from: string;
    readonly to: string;
  }): Promise<string | undefined>;
  /** Who goes back to what just now. */
  readonly underWay: { readonly by: string; readonly to: string } | undefined;
}

export interface WayBack {
  readonly from: string;
  readonly to: string;
  /** "code-only rollback: the schema is the one it ran on" */
  readonly says: string;
  /** The older release was shown not to run on the schema as it is: that is nothing for a click. */
  readonly needsReason: boolean;
}

/** Shares are 0..1; what is left of a budget is below 0 when more was spent than there was. */
export interface PromiseSeen {
  readonly id: string;
  readonly title: string;
  readonly windowMs: number;
  readonly total: number;
  readonly bad: number;
  readonly budgetLeft: number;
}

export interface WatcherFigures {
  /** Monitors that are asked. */
  readonly tasks: number;
  readonly readings: number;
  /** Of how late monitors were asked. */
  readonly lag: { readonly p99Ms: number };
  /** Readings that could not be kept. */
  readonly lost: number;
}
