import type { BackupProblem, BackupProof } from "../model/backup.ts";
import type { Doors } from "../model/doors.ts";
import type { ReadFrom } from "./objects.ts";
import type { BackupScene } from "./scene.ts";

/** What every kind of part needs to be restored and compared. */
export interface Proving extends ReadFrom {
  readonly scene: BackupScene;
  readonly doors: Doors;
  /** The part lies restored, and is now compared. */
  onComparing(): void;
}

type Counts = Pick<BackupProof, "tables" | "rows" | "sampledRows" | "files" | "keys" | "evidenceRows">;

export interface ProvenPart extends Partial<Counts> {
  readonly problems: readonly BackupProblem[];
  readonly restoreMs: number;
  readonly compareMs: number;
  /** Of the server it was restored into. */
  readonly serverVersion?: string;
}

/** Restores, then compares, and says how long each took. */
export async function timed<Copy>(
  { doors: { clock }, onComparing }: Proving,
  restore: () => Promise<Copy>,
  compare: (copy: Copy) => Promise<Omit<ProvenPart, "restoreMs" | "compareMs">>,
): Promise<ProvenPart> {
  const began = clock.monotonicMs();
  const copy = await restore();
  const restored = clock.monotonicMs();
  onComparing();
  const compared = await compare(copy);
  return { ...compared, restoreMs: restored - began, compareMs: clock.monotonicMs() - restored };
}
