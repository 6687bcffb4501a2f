import { type Reach, readReach, recoverableOf, timeText } from "../../backups/point-in-time/reach.ts";
import { liveNameOf, restoreOverToTime } from "../../backups/point-in-time/restore-over.ts";
import { recoverableComponent, restoreToTime } from "../../backups/point-in-time/restore-to-time.ts";
import type { BackupScene } from "../../backups/scene.ts";
import { UserError } from "../../model/errors.ts";
import { parseInstant } from "../../model/instant.ts";
import type { World } from "../../wiring.ts";
import { type Given, text } from "../command.ts";
import { isJson } from "../format.ts";
import type { OpenScene } from "../scene.ts";
import { showAmounts } from "./progress.ts";
import { type BackupsRecord, headOf, type RestoreRecord } from "./records.ts";
import { addressIn } from "./restore-elsewhere.ts";
import { lockForRestore } from "./restore-lock.ts";
import { expectTyped, freshBackup } from "./restore-over.ts";
import { connectionOf } from "./restored-connection.ts";

/** `gonogo restore --at`: a database as it was at a time, beside the live one, over it, or in an empty one elsewhere. */
export async function restoreAtTime(
  world: World,
  request: { readonly scene: OpenScene; readonly backups: BackupScene; readonly given: Given },
): Promise<RestoreRecord> {
  const { scene, backups, given } = request;
  const { clock } = world.doors;
  const at = timeOf(given);
  const variable = text(given, "into");
  const into = variable === undefined ? undefined : addressIn(variable, "database", { world, backups });
  const amounts = showAmounts(world, isJson(given));
  const begun = clock.monotonicMs();
  const which = {
    at,
    component: text(given, "component"),
    from: text(given, "from"),
    signal: world.signal,
    onLeft: (database: string) =>
      world.output.note(`removed ${database}: a restore that was killed had left it half filled\n`),
    onProgress: (amount: { bytes: number; ofBytes: number }) =>
      amounts.show({ doing: "recovering", ...amount }),
  };
  const record = (found: Pick<RestoreRecord, "backup" | "into"> & Partial<RestoreRecord>): RestoreRecord => ({
    ...headOf(scene),
    kind: "restore",
    at,
    aside: null,
    freshBackup: null,
    problems: [],
    ...found,
    tookMs: Math.round(clock.monotonicMs() - begun),
  });
  const componentName = (): string => recoverableComponent(backups, which.component).name;
  try {
    if (given.options.over === true) {
      const live = await liveNameOf(backups, which.component);
      await expectTyped(world, { scene, given, database: live, by: timeText(at) });
      await using lock = await lockForRestore(world, scene);
      const { signal } = lock;
      let fresh: string | null = null;
      const backUpLive = async (): Promise<void> => {
        fresh = await freshBackup({ signal }, backups, amounts);
      };
      const { base, database, aside } = await restoreOverToTime(backups, { ...which, signal, backUpLive });
      const connection = await connectionOf(backups, { component: componentName(), database: aside });
      return record({ backup: base.id, into: database, aside, freshBackup: fresh, connection });
    }
    const name = text(given, "beside");
    const { base, database, problems } = await restoreToTime(backups, { ...which, into, name });
    const connection =
      database === undefined
        ? undefined
        : await connectionOf(backups, { component: componentName(), database });
    return record({ backup: base.id, into: database ?? variable ?? "", problems, connection });
  } finally {
    amounts.end();
  }
}

/** Throws UserError. */
function timeOf(given: Given): number {
  const words = text(given, "at") ?? "";
  const fraction = /:\d\d(\.\d{1,6})(?=Z|[+-])/.exec(words)?.[1] ?? "";
  const second = parseInstant(words.replace(fraction, ""));
  const at = second === undefined ? undefined : second + Math.floor(Number(`0${fraction}`) * 1_000);
  if (at === undefined) {
    throw new UserError(`--at ${words} is no time with its zone`, {
      fix: "--at 2026-11-21T10:00:00Z, or 2026-11-21T11:00:00+01:00",
    });
  }
  if (given.args[0] !== undefined) {
    throw new UserError("--at finds the copy it begins with by itself", {
      fix: `leave out ${given.args[0]}`,
    });
  }
  return at;
}

/** Of every database that is declared to be recoverable. */
export async function readReaches(
  scene: BackupScene,
  from: string | undefined,
  signal: AbortSignal,
): Promise<NonNullable<BackupsRecord["pointInTime"]>> {
  const reaches: Reach[] = [];
  for (const component of recoverableOf(scene))
    reaches.push(await readReach(scene, { component, from, signal }));
  return reaches.map(({ component, stretches, windows, behind }) => ({
    component,
    stretches,
    copies: new Set(windows.map(({ base }) => base.id)).size,
    behind: behind ?? null,
  }));
}
