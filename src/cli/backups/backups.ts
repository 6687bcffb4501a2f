import { prove } from "../../backups/prove.ts";
import { prune } from "../../backups/prune.ts";
import { type BackupScene, placesOf } from "../../backups/scene.ts";
import { listBackups, type StoredBackup } from "../../backups/shelf.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import type { World } from "../../wiring.ts";
import {
  actionAmong,
  type CommandModule,
  declareEnvironment,
  declareFormat,
  examples,
  type Given,
  text,
} from "../command.ts";
import { isJson, show } from "../format.ts";
import { meant } from "../no-such.ts";
import { openSettled } from "../open-settled.ts";
import { folded } from "../output/plain-text.ts";
import { openBackups } from "./backup.ts";
import { showAmounts } from "./progress.ts";
import { type BackupsRecord, backupEntry, headOf, type PruneRecord } from "./records.ts";
import { backupsText, pruneText } from "./texts.ts";

const ACTIONS = ["list", "verify", "prune"] as const;

export const backupsCommand: CommandModule = {
  completes: { action: ACTIONS, backup: { after: { verify: "backups" } }, "--from": "destinations" },
  declare(command) {
    declareFormat(
      declareEnvironment(
        command
          .argument("[action]", "list, verify or prune", "list")
          .argument("[backup]", "verify: which one (default: the newest)"),
      ),
    )
      .option("--from <destination>", "only this one of the declared destinations")
      .option("--dry-run", "prune: only say what would be removed");
    examples(command, [
      ["gonogo backups", "what there is, and what is known of each"],
      ["gonogo backups verify", "restore the newest into a scratch server and compare"],
      ["gonogo backups prune --dry-run", "what would be removed, and why the others stay"],
    ]);
  },
  async run(world, given) {
    const action = actionAmong(given, ACTIONS);
    await using scene = await openSettled(world, given);
    const backups = await openBackups(world, scene);
    const only = text(given, "from");
    if (action === "prune") {
      const record: PruneRecord = { ...headOf(scene), ...(await pruneAll(world, backups, given)) };
      await show(world, given, { record, text: () => folded(pruneText(record), world.output) });
      return 0;
    }
    const shelf = await readShelf(backups, only, world.signal);
    const verified = action === "verify" ? await verify(world, backups, { shelf, given }) : undefined;
    const now = verified ? await readShelf(backups, verified.destination, world.signal) : shelf;
    const shown = now.stored.filter(({ backup }) => !verified || backup.manifest.id === verified.id);
    const record: BackupsRecord = {
      ...headOf(scene),
      kind: "backups",
      backups: shown.map(({ destination, backup }) => backupEntry(destination, backup)),
      unreachable: now.unreachable,
    };
    await show(world, given, {
      record,
      text: () => folded(backupsText(record, world.doors.clock.now()), world.output),
    });
    const isGood = record.backups.every(({ proof }) => proof?.verdict === "proven");
    return verified && !isGood ? 1 : 0;
  },
};

export interface Shelf {
  readonly stored: readonly { readonly destination: string; readonly backup: StoredBackup }[];
  readonly unreachable: BackupsRecord["unreachable"];
}

/** Every destination's backups; one that does not answer hides no other. */
export async function readShelf(
  scene: BackupScene,
  only: string | undefined,
  signal: AbortSignal,
): Promise<Shelf> {
  const stored: { destination: string; backup: StoredBackup }[] = [];
  const unreachable: { destination: string; reason: string }[] = [];
  for (const { name, place } of placesOf(scene, only)) {
    try {
      for (const backup of await listBackups(place, signal)) stored.push({ destination: name, backup });
    } catch (thrown) {
      signal.throwIfAborted();
      unreachable.push({ destination: name, reason: messageOf(thrown) });
    }
  }
  return { stored, unreachable };
}

/** The backup that is named, or the newest; best where it was proven. Throws UserError. */
export function chosenBackup(shelf: Shelf, id: string | undefined): Shelf["stored"][number] {
  const fitting = shelf.stored.filter(({ backup }) => id === undefined || backup.manifest.id === id);
  const [best] = fitting.toSorted(
    (a, b) =>
      b.backup.manifest.startedAt - a.backup.manifest.startedAt ||
      a.backup.damage.length - b.backup.damage.length,
  );
  if (best) return best;
  const away = shelf.unreachable.map(({ destination, reason }) => `; ${destination}: ${reason}`).join("");
  if (id === undefined) throw new UserError(`there is no backup yet${away}`, { fix: "gonogo backup" });
  const known = [...new Set(shelf.stored.map(({ backup: { manifest } }) => manifest.id))];
  throw new UserError(`there is no backup ${id}${away}${meant(id, known)}`, {
    fix: "gonogo backups lists them",
  });
}

async function verify(
  world: World,
  scene: BackupScene,
  { shelf, given }: { shelf: Shelf; given: Given },
): Promise<{ id: string; destination: string }> {
  const { destination, backup } = chosenBackup(shelf, given.args[1]);
  const amounts = showAmounts(world, isJson(given));
  try {
    await prove(scene, backup, { signal: world.signal, onProgress: (progress) => amounts.show(progress) });
  } finally {
    amounts.end();
  }
  return { id: backup.manifest.id, destination };
}

async function pruneAll(
  world: World,
  scene: BackupScene,
  given: Given,
): Promise<Pick<PruneRecord, "kind" | "dryRun" | "destinations">> {
  const dryRun = given.options.dryRun === true;
  const destinations: PruneRecord["destinations"][number][] = [];
  for (const place of placesOf(scene, text(given, "from"))) {
    const { kept, removed, leftovers } = await prune(scene, place, { signal: world.signal, dryRun });
    destinations.push({
      destination: place.name,
      kept: kept.map(({ backup, why }) => ({ id: backup.manifest.id, why })),
      removed: removed.map(({ manifest }) => manifest.id),
      leftovers,
    });
  }
  return { kind: "prune", dryRun, destinations };
}
