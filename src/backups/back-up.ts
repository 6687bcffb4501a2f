import { join } from "node:path";
import type { BackupManifest, BackupObject, BackupPart } from "../model/backup.ts";
import { UserError } from "../model/errors.ts";
import { formatSize } from "../model/size.ts";
import { ownVersion } from "../system/own-version.ts";
import { recipientsOf } from "./keys.ts";
import { FORMAT, MANIFEST, manifestText, newBackupId } from "./manifest.ts";
import { beginBackup, clearUnfinished, finishBackup, outboxOf, shipAll } from "./outbox.ts";
import type { BackupScene } from "./scene.ts";
import type { Source } from "./source.ts";
import { estimateBytes, sourcesOf } from "./sources.ts";

export interface BackupOptions {
  readonly reason: BackupManifest["reason"];
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: BackupProgress) => void;
}
export interface BackupProgress {
  readonly doing: "backing up" | "bringing away";
  readonly bytes: number;
  readonly ofBytes: number;
}

/**
 * Makes a backup of everything the environment keeps and brings it to every destination. It exists where its manifest
 * is, which is written last. Throws UserError before it begins when there is no room, nothing to back up, or nobody to
 * seal it to; OutsideError when a destination did not take it: then it waits for the next time.
 */
export async function backUp(scene: BackupScene, options: BackupOptions): Promise<BackupManifest> {
  const { doors, policy, launch, environment } = scene;
  const { signal, onProgress } = options;
  const recipients = await recipientsOf({ ...scene, project: launch.directory });
  const sources = sourcesOf(scene);
  await clearUnfinished(scene);
  const ofBytes = await expectRoom(scene, sources, signal);
  const id = newBackupId(doors);
  const startedAt = doors.clock.now();
  const directory = await beginBackup(scene, id);
  let manifest: BackupManifest;
  try {
    const parts: BackupPart[] = [];
    const tools: Record<string, string> = { gonogo: ownVersion(), node: process.version };
    let bytes = 0;
    const onBytes = (more: number): void => {
      bytes += more;
      onProgress?.({ doing: "backing up", bytes, ofBytes });
    };
    for (const source of sources) {
      const made = await source.backUp({ directory, recipients, jobs: policy.jobs, signal, onBytes });
      parts.push(made.part);
      Object.assign(tools, made.tools);
    }
    manifest = {
      version: FORMAT,
      id,
      launch: launch.name,
      environment: environment.name,
      release: scene.release,
      reason: options.reason,
      startedAt,
      finishedAt: doors.clock.now(),
      tools,
      recipients,
      parts,
    };
    await doors.files.write(join(directory, MANIFEST), manifestText(manifest), { mode: 0o600 });
    await finishBackup(scene, id, directory);
  } catch (thrown) {
    await doors.files.remove(directory);
    throw thrown;
  }
  await ship(scene, options, storedBytes(manifest));
  return manifest;
}

async function ship(
  scene: BackupScene,
  { signal, onProgress }: BackupOptions,
  ofBytes: number,
): Promise<void> {
  let bytes = 0;
  onProgress?.({ doing: "bringing away", bytes, ofBytes });
  await shipAll(scene, {
    signal,
    onBytes: (more) => {
      bytes += more;
      onProgress?.({ doing: "bringing away", bytes, ofBytes });
    },
  });
}

function storedBytes({ parts }: BackupManifest): number {
  return parts
    .flatMap(({ objects }): readonly BackupObject[] => objects)
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** Bytes that are going to be read. Throws UserError when what they come to may not fit. */
async function expectRoom(
  scene: BackupScene,
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<number> {
  const { files } = scene.doors;
  const outbox = outboxOf(scene);
  await files.makeDirectory(outbox, { mode: 0o700 });
  const bytes = await estimateBytes(sources, signal);
  const free = await files.freeBytes(outbox);
  if (free >= bytes) return bytes;
  throw new UserError(
    `a backup of up to ${formatSize(bytes)} may not fit: ${formatSize(free)} are free in ${outbox}`,
    { where: outbox, fix: "make room there; gonogo backups prune removes backups that need not be kept" },
  );
}
