import { join } from "node:path";
import type { StorePart } from "../../model/backup.ts";
import { writeObject } from "../objects.ts";
import type { BackupScene } from "../scene.ts";
import type { SourceRequest } from "../source.ts";

/** Gonogo's own store: evidence, releases, sign-offs. Without it a restored application has no history. */
export async function backUpStore({
  directory,
  recipients,
  signal,
  onBytes,
  scene,
}: SourceRequest & { readonly scene: BackupScene }): Promise<StorePart> {
  const { store, doors } = scene;
  const takenAt = doors.clock.now();
  const copy = join(directory, "gonogo.db");
  const name = "gonogo.sqlite.zst.age";
  try {
    const { evidenceRows } = await store.copyTo(copy);
    const source = await doors.files.readStream(copy);
    const file = join(directory, name);
    const written = await writeObject(source, { file, recipients, doors, signal, onBytes });
    return {
      kind: "store",
      component: "gonogo",
      takenAt,
      evidenceRows,
      objects: [{ name, holds: "sqlite", ...written }],
    };
  } finally {
    await doors.files.remove(copy);
  }
}
