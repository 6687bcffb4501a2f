import type { BackupsSeen } from "../model/backup.ts";
import type { Doors } from "../model/doors.ts";
import type { Item } from "../model/item.ts";
import type { Environment, Launch } from "../model/launch.ts";
import type { Release } from "../model/release.ts";
import type { Secret } from "../model/secret.ts";
import type { OtherEnvironment } from "../model/subject.ts";
import type { Target } from "../model/target.ts";
import type { Variables } from "../model/variable.ts";
import type { OwnSight, WatchSeen } from "../model/watch-seen.ts";
import type { Store } from "../store/store.ts";

/** What a deploy or rollback of one environment stands on. */
export interface DeployScene {
  readonly launch: Launch;
  readonly environment: Environment;
  readonly doors: Doors;
  readonly store: Store;
  readonly target: Target;
  /** This environment's own directory on this machine: releases, backups, supplied services. */
  readonly directory: string;
  /** Lines of the checklist and what the declaration adds to them. */
  readonly items: readonly Item[];
  /** Values of the environment from its sources and from what was supplied. */
  readVariables(supplied: ReadonlyMap<string, Secret>): Promise<Variables>;
  /** Names and fingerprints of the launch's other environments, never values. */
  readOtherEnvironments(): Promise<readonly OtherEnvironment[]>;
  /** What a watcher has seen; absent: nobody looks. Who watches itself hands in what it knows, and nothing is read. */
  readWatch?(own?: OwnSight): Promise<WatchSeen>;
  /** What is to be seen of the declared backups; absent: nobody looks. */
  readBackups?(variables: Variables, release: string | undefined): Promise<BackupsSeen | undefined>;
}

/** The release the target says is live, as the store knows it. */
export async function liveRelease(
  { store, environment, target }: DeployScene,
  signal: AbortSignal,
): Promise<Release | undefined> {
  const { live } = await target.status(signal);
  return live === undefined ? undefined : await store.releases.get(environment.name, live);
}
