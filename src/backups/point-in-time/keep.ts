import type { BackupScene } from "../scene.ts";
import { placesOf } from "../scene.ts";
import { readArchive } from "./archive.ts";
import { copyInTurn } from "./base-backup.ts";
import { bringAway, MARGIN_MS } from "./bring-away.ts";
import { type OwnServer, ownServers } from "./own-server.ts";
import { pruneArchive } from "./prune-archive.ts";
import { windowsOf } from "./window.ts";

export interface KeepOptions {
  readonly signal: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/** Brings away what every server of Gonogo's own has written, and copies each when that is due. */
export async function keepRecoverable(scene: BackupScene, options: KeepOptions): Promise<void> {
  for (const server of await ownServers(scene)) {
    const { until } = await bringAway(scene, server, options.signal);
    if (until !== undefined) await copyWhenDue(scene, server, options);
  }
}

/**
 * A new copy where the last one is too old; what was written while it was made, and then what no recovery needs any
 * longer is removed. Whether one was made.
 */
export async function copyWhenDue(
  scene: BackupScene,
  server: OwnServer,
  options: KeepOptions,
): Promise<boolean> {
  const { signal } = options;
  if (!(await isCopyDue(scene, server, signal)) || !(await copyInTurn(scene, server, options))) return false;
  // Only what is covered up to its own end can be begun with.
  await scene.doors.clock.delay(MARGIN_MS, signal);
  await bringAway(scene, server, signal);
  for (const { place } of placesOf(scene)) await pruneArchive({ place, server, doors: scene.doors, signal });
  return true;
}

/** Where one destination has no fresh copy, all get one: they are made once and brought to each. */
async function isCopyDue(
  scene: BackupScene,
  { component, declared }: OwnServer,
  signal: AbortSignal,
): Promise<boolean> {
  const since = scene.doors.clock.now() - declared.baseEveryMs;
  for (const { place } of placesOf(scene)) {
    // A copy whose log broke off is none to go on with.
    const newest = windowsOf(await readArchive(place, component, signal)).at(-1);
    if (!newest || newest.base.startedAt < since) return true;
  }
  return false;
}
