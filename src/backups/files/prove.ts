import type { FilesPart } from "../../model/backup.ts";
import { formatSize } from "../../model/size.ts";
import { BackupFault } from "../fault.ts";
import { type ProvenPart, type Proving, timed } from "../proving.ts";
import { temporaryDirectory } from "../temporary.ts";
import { compareFiles, unpackFiles } from "./restore.ts";

/** Into a directory for a while; every file's SHA-256 is compared. */
export async function proveFiles(part: FilesPart, proving: Proving): Promise<ProvenPart> {
  const { doors } = proving;
  const into = await temporaryDirectory("restore", doors);
  try {
    const free = await doors.files.freeBytes(into);
    if (free < part.sizeBytes) {
      const what = `${formatSize(part.sizeBytes)} of ${part.component} do not fit: ${formatSize(free)} are free in ${into}`;
      throw new BackupFault("no room", what);
    }
    return await timed(
      proving,
      () => unpackFiles(part, { ...proving, into }),
      async () => ({ problems: await compareFiles(part, { ...proving, into }), files: part.files }),
    );
  } finally {
    await doors.files.remove(into);
  }
}
