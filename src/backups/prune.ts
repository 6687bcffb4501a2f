import { MANIFEST, PROOF } from "./manifest.ts";
import { chooseKept } from "./retention.ts";
import type { BackupScene, NamedPlace } from "./scene.ts";
import { listBackups, objectsOf, type StoredBackup } from "./shelf.ts";

export interface PruneResult {
  readonly kept: readonly { readonly backup: StoredBackup; readonly why: readonly string[] }[];
  readonly removed: readonly StoredBackup[];
  /** Objects of no backup, from uploads that were given up. */
  readonly leftovers: readonly string[];
}

/** What was begun this long ago and has no manifest is not going to get one. */
const GIVEN_UP_MS = 2 * 86_400_000;

/** Removes what retention does not keep from one place. With `dryRun` it only says what it would do. */
export async function prune(
  { policy, doors }: BackupScene,
  { place }: NamedPlace,
  options: { readonly signal: AbortSignal; readonly dryRun?: boolean },
): Promise<PruneResult> {
  const { signal, dryRun = false } = options;
  const all = await listBackups(place, signal);
  const staying = chooseKept(
    all.map((each) => ({
      id: each.manifest.id,
      takenAt: each.manifest.startedAt,
      // One of an older version is restored by the Gonogo that made it.
      isGood: each.damage.every(({ kind }) => kind === "wrong version") && each.proof?.verdict !== "failed",
      isProven: each.proof?.verdict === "proven",
    })),
    policy.keep,
  );
  const removed = all.filter(({ manifest }) => !staying.has(manifest.id));
  const leftovers = await leftoversOf({ place, before: doors.clock.now() - GIVEN_UP_MS, signal });
  if (!dryRun) {
    for (const { manifest } of removed) {
      // Its manifest first: from then on it is no backup, and what a crash leaves of it is a leftover.
      await place.remove([`${manifest.id}/${MANIFEST}`], signal);
      const rest = [PROOF, ...objectsOf(manifest).map(({ name }) => name)];
      await place.remove(
        rest.map((name) => `${manifest.id}/${name}`),
        signal,
      );
    }
    await place.remove(leftovers, signal);
  }
  const kept = all.flatMap((backup) => {
    const why = staying.get(backup.manifest.id);
    return why ? [{ backup, why }] : [];
  });
  return { kept, removed, leftovers };
}

async function leftoversOf(at: {
  place: NamedPlace["place"];
  before: number;
  signal: AbortSignal;
}): Promise<string[]> {
  const { place, before, signal } = at;
  const stored = await place.list(signal);
  // A manifest that this Gonogo cannot read may be a newer one's: what it stands for is left alone.
  const known = new Set(
    stored.flatMap(({ name }) => (name.endsWith(`/${MANIFEST}`) ? [name.split("/")[0]] : [])),
  );
  return stored.flatMap(({ name }) => {
    const [id = "", file] = name.split("/");
    const begun = beginningOf(id);
    const isOurs = begun !== undefined && file !== undefined && file !== MANIFEST;
    return isOurs && !known.has(id) && begun < before ? [name] : [];
  });
}

/** The time in an id: "b20261121T073000Z-4f2a". */
function beginningOf(id: string): number | undefined {
  const match = /^b(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(id);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}
