import { backUp } from "../backups/back-up.ts";
import { backupSceneOf } from "../backups/open-scene.ts";
import { keepRecoverable } from "../backups/point-in-time/keep.ts";
import { prove } from "../backups/prove.ts";
import { placesOf } from "../backups/scene.ts";
import { listBackups, type StoredBackup } from "../backups/shelf.ts";
import type { BackupManifest } from "../model/backup.ts";
import { OutsideError } from "../model/errors.ts";
import type { Journal } from "./journal.ts";
import type { DeployRun, Ready } from "./run.ts";

/**
 * Backs up what the launch declares, restores it into a scratch server and compares; its id. Undefined when no
 * backups are declared. Throws when the copy does not agree: then nothing may be migrated.
 */
export async function backUpDeclared(
  run: DeployRun,
  ready: Ready,
  options: { readonly reason: BackupManifest["reason"]; readonly signal: AbortSignal },
): Promise<string | undefined> {
  if (!run.launch.backups) return undefined;
  const { signal } = options;
  const scene = backupSceneOf(run, { variables: ready.variables, release: run.before?.id });
  const { id } = await backUp(scene, options);
  const made = await newest(run, ready, signal, (each) => each.manifest.id === id);
  if (!made) throw new OutsideError(`the backup ${id} was made and is not found where it was brought`);
  const proof = await prove(scene, made, { signal });
  if (proof.verdict !== "proven") {
    const problems = proof.problems.map(({ kind, what }) => `${kind}: ${what}`).join("; ");
    throw new OutsideError(`the backup ${id} was restored and is not good: ${problems}`);
  }
  return id;
}

interface Answered {
  readonly id: string | undefined;
  /** It was there already. */
  readonly isKept: boolean;
}

/** Apart from the one before a migration. */
const ABOUT = "before the switch";

/** A first backup, or one that is due: a new release is not shown to users without a way back for their data. */
export async function keepBackup(run: DeployRun, ready: Ready, journal: Journal): Promise<void> {
  const { launch, doors, store, environment } = run;
  const policy = launch.backups;
  if (!policy) return;
  const since = doors.clock.now() - policy.everyMs;
  await journal.step(
    "backup",
    {
      timeoutMs: launch.deploy.migrateTimeoutMs,
      about: ABOUT,
      detail: ({ id, isKept }: Answered) => ({
        backup: id,
        ...(isKept && { about: `${ABOUT}: ${id} is recent enough` }),
      }),
    },
    async (signal) => {
      // Before traffic: from the first user's row on, every second can be had again.
      await keepRecoverable(backupSceneOf(run, { variables: ready.variables, release: run.before?.id }), {
        signal,
      });
      const known = await newest(run, ready, signal, isGood);
      if (known && known.manifest.startedAt > since) return { id: known.manifest.id, isKept: true };
      const id = await backUpDeclared(run, ready, { reason: "with a deploy", signal });
      if (id !== undefined) await store.releases.update(environment.name, ready.release.id, { backup: id });
      return { id, isKept: false };
    },
  );
}

function isGood({ damage, proof }: StoredBackup): boolean {
  return damage.length === 0 && proof?.verdict === "proven";
}

async function newest(
  run: DeployRun,
  ready: Ready,
  signal: AbortSignal,
  fits: (backup: StoredBackup) => boolean,
): Promise<StoredBackup | undefined> {
  const scene = backupSceneOf(run, { variables: ready.variables, release: run.before?.id });
  for (const { place } of placesOf(scene)) {
    const found = (await listBackups(place, signal)).find(fits);
    if (found) return found;
  }
  return undefined;
}
