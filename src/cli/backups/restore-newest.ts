import { databasePart } from "../../backups/restore.ts";
import { begunOver } from "../../backups/restore-live.ts";
import type { BackupScene } from "../../backups/scene.ts";
import { UserError } from "../../model/errors.ts";
import { type Given, text } from "../command.ts";
import type { chosenBackup, Shelf } from "./backups.ts";

type Stored = ReturnType<typeof chosenBackup>;

/**
 * That the newest backup is what somebody who names none can mean by `--over`. A restore that was killed had begun
 * with another one, and had backed up before that what it was to replace: taken as the newest, nothing would come
 * back. Throws UserError naming which ones there are.
 */
export async function expectNewestMeant(
  backups: BackupScene,
  asked: {
    readonly shelf: Shelf;
    readonly newest: Stored;
    readonly given: Given;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { shelf, newest, given, signal } = asked;
  const idOf = ({ backup }: Stored): string => backup.manifest.id;
  const { component } = databasePart(newest.backup, text(given, "component"));
  const { stored } = shelf;
  const begun = [...new Set((await begunOver(backups, { stored, component, signal })).map(idOf))];
  const id = idOf(newest);
  if (begun.includes(id)) return;
  const isOfReplaced = newest.backup.manifest.reason === "before a restore";
  const of = isOfReplaced ? ", of what was live before a restore" : "";
  const over = (which: string): string => `gonogo restore ${which} --over`;
  if (begun.length > 0) {
    throw new UserError(
      `a restore of ${begun.join(", ")} over the live database was begun and not ended, and ${id} is newer${of}`,
      { fix: `${begun.map(over).join(", or ")} goes on with what was begun; ${over(id)} takes the newest` },
    );
  }
  if (!isOfReplaced) return;
  const earlier = stored.filter(({ backup }) => backup.manifest.reason !== "before a restore");
  const [last] = earlier.toSorted((a, b) => b.backup.manifest.startedAt - a.backup.manifest.startedAt);
  throw new UserError(`the newest backup, ${id}, is of what was live before a restore`, {
    fix: `${over(id)} takes it all the same${last ? `; ${over(idOf(last))} takes the newest that is not` : ""}`,
  });
}
