import type { BackupProblem, StorePart } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import { quantity } from "../../model/quantity.ts";
import { openStore } from "../../store/open-store.ts";
import { objectHolding } from "../contents.ts";
import { BackupFault } from "../fault.ts";
import { type ReadFrom, readObject } from "../objects.ts";

/** Unpacks the store into a file. Throws BackupFault. */
export async function unpackStore(
  part: StorePart,
  from: ReadFrom & { readonly doors: Doors; readonly into: string },
): Promise<void> {
  const file = await from.doors.files.writeStream(from.into, { mode: 0o600 });
  await readObject(objectHolding(part, "sqlite"), from, file);
}

/** Walks both chains of a copy: nothing of what was seen or signed is missing or was changed. */
export async function compareStore(
  part: StorePart,
  { doors, into }: { readonly doors: Doors; readonly into: string },
): Promise<BackupProblem[]> {
  await using store = await openStore(into, doors.clock, doors.random).catch((thrown: unknown) => {
    throw new BackupFault("cannot be restored", `Gonogo's own store: ${messageOf(thrown)}`, thrown);
  });
  const differs = (what: string): BackupProblem => ({
    kind: "evidence differs",
    what: `Gonogo's own store: ${what}`,
  });
  const { rows, breaks } = await store.evidence.audit();
  const people = await store.people.audit();
  return [
    ...(rows === part.evidenceRows
      ? []
      : [
          differs(
            `${quantity(part.evidenceRows, "row of evidence was", "rows of evidence were")} backed up, and the copy has ${rows}`,
          ),
        ]),
    ...breaks.slice(0, 1).map(({ seq }) => differs(`the chain of evidence is broken at row ${seq}`)),
    ...people.breaks
      .slice(0, 1)
      .map(({ seq }) => differs(`the chain of people's answers is broken at row ${seq}`)),
  ];
}
