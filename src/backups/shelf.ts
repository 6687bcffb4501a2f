import type { BackupManifest, BackupProblem, BackupProof } from "../model/backup.ts";
import type { Place, StoredObject } from "../model/destination.ts";
import { inParallel } from "./in-parallel.ts";
import { isBackupId, MANIFEST, olderFormat, PROOF, parseManifest, parseProof, sha256Of } from "./manifest.ts";

/** A backup as it lies at a place. */
export interface StoredBackup {
  readonly manifest: BackupManifest;
  readonly manifestHash: string;
  readonly place: Place;
  /** What the listing alone shows: objects that are missing or of another size. */
  readonly damage: readonly BackupProblem[];
  /** The last one of this very manifest. */
  readonly proof: BackupProof | undefined;
  readonly storedBytes: number;
}

const AT_ONCE = 8;

/** Every backup of a place, newest first. What has no manifest is none. */
export async function listBackups(place: Place, signal: AbortSignal): Promise<StoredBackup[]> {
  const stored = await place.list(signal);
  const ids = stored.flatMap(({ name }) => {
    const [id = "", file] = name.split("/");
    return file === MANIFEST && isBackupId(id) ? [id] : [];
  });
  const found = await inParallel(ids.toSorted().reverse(), { width: AT_ONCE, signal }, (id) =>
    openBackup(id, { place, stored, signal }),
  );
  return found.filter((each) => each !== undefined);
}

async function openBackup(
  id: string,
  at: { place: Place; stored: readonly StoredObject[]; signal: AbortSignal },
): Promise<StoredBackup | undefined> {
  const { place, stored, signal } = at;
  const text = await place.readText(`${id}/${MANIFEST}`, signal);
  const manifest = text === undefined ? undefined : parseManifest(text);
  if (text === undefined || manifest?.id !== id) return undefined;
  const manifestHash = sha256Of(text);
  const hasProof = stored.some(({ name }) => name === `${id}/${PROOF}`);
  const proof = hasProof ? parseProof((await place.readText(`${id}/${PROOF}`, signal)) ?? "") : undefined;
  const sizes = new Map(stored.map(({ name, sizeBytes }) => [name, sizeBytes]));
  return {
    manifest,
    manifestHash,
    place,
    damage: damageOf(manifest, sizes),
    proof: proof?.manifest === manifestHash ? proof : undefined,
    storedBytes: objectsOf(manifest).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

export function objectsOf({ parts }: BackupManifest) {
  return parts.flatMap(({ objects }) => objects);
}

function damageOf(manifest: BackupManifest, sizes: ReadonlyMap<string, number>): BackupProblem[] {
  const older = olderFormat(manifest);
  const damaged = objectsOf(manifest).flatMap(({ name, sizeBytes }): BackupProblem[] => {
    const now = sizes.get(`${manifest.id}/${name}`);
    if (now === undefined) return [{ kind: "missing object", what: `${name} is gone` }];
    if (now < sizeBytes)
      return [{ kind: "truncated", what: `${name} has ${now} bytes, and was written with ${sizeBytes}` }];
    return now > sizeBytes ? [{ kind: "corrupt", what: `${name} is larger than it was written` }] : [];
  });
  return older ? [older, ...damaged] : damaged;
}
