import { join } from "node:path";
import { ownTagText, TAG, textGoesOn } from "../agent/process-tag.ts";
import type { Doors } from "../model/doors.ts";

/** Where copies are made for a while. */
export function temporaryRoot({ environment }: Pick<Doors, "environment">): string {
  return environment.value("TMPDIR") ?? "/tmp";
}

/**
 * A directory for a while, mode 0700, for whoever made it to remove. Those of processes that were killed, and so
 * could not remove theirs, go first.
 */
export async function temporaryDirectory(kind: "scratch" | "restore", doors: Doors): Promise<string> {
  const above = temporaryRoot(doors);
  const name = new RegExp(`^gonogo-${kind}-(${TAG})-[0-9a-f]+$`);
  for (const each of await doors.files.list(above)) {
    const tag = name.exec(each)?.[1];
    if (tag === undefined || textGoesOn(tag)) continue;
    // Another user's is for that user to remove.
    await doors.files.remove(join(above, each)).catch(() => undefined);
  }
  const directory = join(above, `gonogo-${kind}-${ownTagText()}-${doors.random.hex(8)}`);
  await doors.files.makeDirectory(directory, { mode: 0o700 });
  return directory;
}
