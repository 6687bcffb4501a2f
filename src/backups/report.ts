import type { BackupProblem, BackupsSeen, SeenBackup, SeenPlace } from "../model/backup.ts";
import { messageOf, UserError } from "../model/errors.ts";
import { BackupFault } from "./fault.ts";
import { identitiesOf } from "./keys.ts";
import { checkObject, readObject } from "./objects.ts";
import { lookAtArchives } from "./point-in-time/look.ts";
import { type BackupScene, type NamedPlace, placesOf } from "./scene.ts";
import { listBackups, objectsOf, type StoredBackup } from "./shelf.ts";

/** Up to this size a backup on this machine is read anew at each look: a changed byte is seen at once. */
const READ_BYTES = 512 * 1_048_576;
const HERE_LIMIT_MS = 120_000;
const ELSEWHERE_LIMIT_MS = 30_000;

/** What is to be seen of an environment's backups without restoring one. A place that does not answer says so. */
export async function readBackups(scene: BackupScene, signal: AbortSignal): Promise<BackupsSeen> {
  const places: SeenPlace[] = [];
  for (const place of placesOf(scene)) places.push(await look(scene, place, signal));
  return {
    policy: scene.policy,
    places,
    isKeyHere: scene.policy.recipients.length === 0,
    pointInTime: await lookAtArchives(scene, signal),
  };
}

async function look(scene: BackupScene, named: NamedPlace, signal: AbortSignal): Promise<SeenPlace> {
  const { name, isElsewhere, place } = named;
  // A place that is silent must not hold up every other check.
  const late = AbortSignal.timeout(isElsewhere ? ELSEWHERE_LIMIT_MS : HERE_LIMIT_MS);
  const limit = AbortSignal.any([signal, late]);
  const at = { name, isElsewhere, label: place.label };
  try {
    const [newest, ...older] = await listBackups(place, limit);
    if (!newest) return { ...at, unreachable: undefined, backups: [] };
    const damage = newest.damage.length > 0 ? newest.damage : await damageOf(scene, named, newest, limit);
    return {
      ...at,
      unreachable: undefined,
      backups: [seen({ ...newest, damage }), ...older.map(seen)],
    };
  } catch (thrown) {
    signal.throwIfAborted();
    const why = late.aborted ? "it did not answer in time" : messageOf(thrown);
    return { ...at, unreachable: why, backups: [] };
  }
}

async function damageOf(
  scene: BackupScene,
  { isElsewhere }: NamedPlace,
  backup: StoredBackup,
  signal: AbortSignal,
): Promise<readonly BackupProblem[]> {
  const from = { place: backup.place, backup: backup.manifest.id, signal };
  try {
    if (!isElsewhere && backup.storedBytes <= READ_BYTES)
      for (const object of objectsOf(backup.manifest)) await checkObject(object, from);
    const [smallest] = objectsOf(backup.manifest).toSorted((a, b) => a.sizeBytes - b.sizeBytes);
    const identities = await identitiesOf({ ...scene, project: scene.launch.directory });
    if (smallest) {
      await readObject(smallest, { ...from, identities }, async (plain) => {
        for await (const _ of plain);
      });
    }
    return [];
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof BackupFault) return [{ kind: thrown.kind, what: thrown.message }];
    if (thrown instanceof UserError) return [{ kind: "wrong key", what: thrown.message }];
    throw thrown;
  }
}

function seen({ manifest, storedBytes, damage, proof }: StoredBackup): SeenBackup {
  return {
    id: manifest.id,
    startedAt: manifest.startedAt,
    parts: manifest.parts.map((part) => ({
      component: part.component,
      takenAt: part.takenAt,
      nextTransaction: part.kind === "postgres" ? part.nextTransaction : undefined,
    })),
    storedBytes,
    damage,
    proof,
  };
}
