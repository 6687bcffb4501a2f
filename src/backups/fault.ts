import type { BackupProblem } from "../model/backup.ts";

/** A backup that is not what its manifest says, or cannot be opened here: the kind names which. */
export class BackupFault extends Error {
  readonly kind: BackupProblem["kind"];
  constructor(kind: BackupProblem["kind"], what: string, cause?: unknown) {
    super(what, { cause });
    this.name = "BackupFault";
    this.kind = kind;
  }
}
