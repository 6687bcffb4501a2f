import type { BackupScene } from "../scene.ts";
import { placesOf } from "../scene.ts";
import { readArchive } from "./archive.ts";
import { copyServer } from "./base-backup.ts";
import { type Brought, bringAway } from "./bring-away.ts";
import { type OwnServer, ownServers } from "./own-server.ts";
import { pruneArchive } from "./prune-archive.ts";
import { windowsOf } from "./window.ts";

export interface KeepOptions {
  readonly signal: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/** For every server of Gonogo's own that is declared to be recoverable: copies it when that is due. */
export async function keepRecoverable(scene: BackupScene, options: KeepOptions): Promise<void> {
  for (const server of await ownServers(scene)) await keepServer(scene, server, options);
}

/** Brings away what was written; a copy that is due first, and what no recovery needs any longer removed last. */
export async function keepServer(
  scene: BackupScene,
  server: OwnServer,
  options: KeepOptions,
): Promise<Brought> {
  const { signal } = options;
  const brought = await bringAway(scene, server, signal);
  if (brought.until === undefined || !(await isCopyDue(scene, server, signal))) return brought;
  await copyServer(scene, server, options);
  const after = await bringAway(scene, server, signal);
  for (const { place } of placesOf(scene)) await pruneArchive({ place, server, doors: scene.doors, signal });
  return { segments: brought.segments + after.segments, until: after.until };
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
