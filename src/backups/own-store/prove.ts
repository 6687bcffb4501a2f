import { join } from "node:path";
import type { StorePart } from "../../model/backup.ts";
import { type ProvenPart, type Proving, timed } from "../proving.ts";
import { temporaryDirectory } from "../temporary.ts";
import { compareStore, unpackStore } from "./restore.ts";

/** Opened as Gonogo opens its store; the chains of evidence and of people's answers are walked. */
export async function proveStore(part: StorePart, proving: Proving): Promise<ProvenPart> {
  const { doors } = proving;
  const home = await temporaryDirectory("restore", doors);
  const into = join(home, "gonogo.db");
  try {
    return await timed(
      proving,
      () => unpackStore(part, { ...proving, into }),
      async () => ({
        problems: await compareStore(part, { doors, into }),
        evidenceRows: part.evidenceRows,
      }),
    );
  } finally {
    await doors.files.remove(home);
  }
}
