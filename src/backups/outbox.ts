import { join } from "node:path";
import { ownTagText, TAG, textGoesOn } from "../agent/process-tag.ts";
import type { Consignment } from "../model/destination.ts";
import { messageOf, OutsideError } from "../model/errors.ts";
import { MANIFEST, parseManifest, sha256Of } from "./manifest.ts";
import { type BackupScene, type NamedPlace, placesOf } from "./scene.ts";
import { objectsOf } from "./shelf.ts";

// A backup is made here, whole, before any of it is brought away: so an upload can go on after a crash with the very
// same bytes. Names tell who works on what: "<id>.making.<process>", "<id>.ready",
// "<id>.shipping.<process>".

const MAKING = new RegExp(`^b[^.]+\\.making\\.(${TAG})$`);
const READY = new RegExp(`^(b[^.]+)\\.(?:ready|shipping\\.(${TAG}))$`);

export function outboxOf({ directory }: Pick<BackupScene, "directory">): string {
  return join(directory, "backups", "outbox");
}

/** A directory for a backup that is being made. */
export async function beginBackup(
  scene: Pick<BackupScene, "directory" | "doors">,
  id: string,
): Promise<string> {
  const directory = join(outboxOf(scene), `${id}.making.${ownTagText()}`);
  await scene.doors.files.makeDirectory(directory, { mode: 0o700 });
  return directory;
}

/** It is whole, its manifest written: from here on it is going to be brought away, whatever happens. */
export async function finishBackup(scene: BackupScene, id: string, directory: string): Promise<void> {
  await scene.doors.files.rename(directory, join(outboxOf(scene), `${id}.ready`));
}

/** Removes what others began and did not finish: they are gone. */
export async function clearUnfinished(scene: Pick<BackupScene, "directory" | "doors">): Promise<void> {
  const { files } = scene.doors;
  for (const name of await files.list(outboxOf(scene))) {
    const tag = MAKING.exec(name)?.[1];
    if (tag !== undefined && !textGoesOn(tag)) await files.remove(join(outboxOf(scene), name));
  }
}

export interface Shipping {
  readonly signal: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Brings everything that is ready to every destination. What a destination refuses stays here for the next time;
 * throws OutsideError then, after the others have theirs.
 */
export async function shipAll(scene: BackupScene, shipping: Shipping): Promise<string[]> {
  const { files } = scene.doors;
  const outbox = outboxOf(scene);
  const shipped: string[] = [];
  const problems: string[] = [];
  for (const name of await files.list(outbox)) {
    const [, id, tag] = READY.exec(name) ?? [];
    if (id === undefined || (tag !== undefined && textGoesOn(tag))) continue;
    const mine = join(outbox, `${id}.shipping.${ownTagText()}`);
    // Whoever renames it has it; somebody else may have been faster.
    const isMine = await files.rename(join(outbox, name), mine).then(
      () => true,
      () => false,
    );
    if (!isMine) continue;
    // Given back whatever happens: a process that lives on would hold it for ever.
    const giveBack = (): Promise<void> => files.rename(mine, join(outbox, `${id}.ready`));
    const refused = await shipOne(scene, mine, shipping).catch(async (thrown: unknown) => {
      await giveBack();
      throw thrown;
    });
    if (refused.length === 0) {
      await files.remove(mine);
      shipped.push(id);
    } else {
      await giveBack();
      problems.push(...refused);
    }
    shipping.signal.throwIfAborted();
  }
  if (problems.length > 0) throw new OutsideError(problems.join("; "), { retryable: true });
  return shipped;
}

/** What each destination that did not take it said. */
async function shipOne(scene: BackupScene, directory: string, shipping: Shipping): Promise<string[]> {
  // Elsewhere first: a directory of this machine takes the files themselves, and then they are gone from here.
  const places = placesOf(scene).toSorted((a, b) => Number(b.isElsewhere) - Number(a.isElsewhere));
  const refused: string[] = [];
  for (const [index, place] of places.entries()) {
    const isLast = index === places.length - 1 && refused.length === 0;
    try {
      await bring(scene, { directory, to: place, mayMove: isLast && !place.isElsewhere, shipping });
    } catch (thrown) {
      shipping.signal.throwIfAborted();
      refused.push(`${place.name} (${place.place.label}): ${messageOf(thrown)}`);
    }
  }
  return refused;
}

async function bring(
  { doors }: BackupScene,
  at: { directory: string; to: NamedPlace; mayMove: boolean; shipping: Shipping },
): Promise<void> {
  const { directory, to, mayMove, shipping } = at;
  const text = (await doors.files.read(join(directory, MANIFEST), { maxBytes: 1e9 })) ?? "";
  const manifest = parseManifest(text);
  if (!manifest) throw new Error(`${directory} has no manifest`);
  const there = new Map(
    (await to.place.list(shipping.signal)).map(({ name, sizeBytes }) => [name, sizeBytes]),
  );
  for (const { name, sizeBytes, sha256 } of objectsOf(manifest)) {
    const target = `${manifest.id}/${name}`;
    if (there.get(target) === sizeBytes) continue;
    const from: Consignment = { file: join(directory, name), sizeBytes, sha256, mayMove };
    await to.place.store(target, from, shipping);
  }
  // Last, and alone: with it the backup exists there.
  await to.place.writeText(`${manifest.id}/${MANIFEST}`, text, shipping.signal);
  const arrived = await to.place.readText(`${manifest.id}/${MANIFEST}`, shipping.signal);
  if (arrived === undefined || sha256Of(arrived) !== sha256Of(text))
    throw new OutsideError("the manifest that was written is not the one that is read back");
}
