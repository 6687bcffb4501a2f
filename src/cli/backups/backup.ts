import { backUp } from "../../backups/back-up.ts";
import { backupSceneOf } from "../../backups/open-scene.ts";
import { keepRecoverable } from "../../backups/point-in-time/keep.ts";
import { prove } from "../../backups/prove.ts";
import { prune } from "../../backups/prune.ts";
import { placesOf } from "../../backups/scene.ts";
import { listBackups } from "../../backups/shelf.ts";
import { liveRelease } from "../../deploy/scene.ts";
import type { World } from "../../wiring.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples } from "../command.ts";
import { isJson, show } from "../format.ts";
import { openSettled } from "../open-settled.ts";
import { folded } from "../output/plain-text.ts";
import type { OpenScene } from "../scene.ts";
import { showAmounts } from "./progress.ts";
import { type BackupRecord, backupEntry, headOf } from "./records.ts";
import { backupText } from "./texts.ts";

export const backupCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command))
      .option("--no-proof", "do not restore and compare it now; until then it counts for nothing")
      .option("--scheduled", "made by a timer: removes what need not be kept any longer");
    examples(command, [
      ["gonogo backup", "back up staging, restore it into a scratch server and compare"],
      ["gonogo backup --env production --scheduled --format json", "for cron"],
    ]);
  },
  async run(world, given) {
    await using scene = await openSettled(world, given);
    const backups = await openBackups(world, scene);
    const { signal } = world;
    const scheduled = given.options.scheduled === true;
    const amounts = showAmounts(world, isJson(given));
    try {
      const manifest = await backUp(backups, {
        reason: scheduled ? "schedule" : "by hand",
        signal,
        onProgress: (progress) => amounts.show(progress),
      });
      await keepRecoverable(backups, { signal });
      const [first] = placesOf(backups);
      const find = async () =>
        first && (await listBackups(first.place, signal)).find((each) => each.manifest.id === manifest.id);
      const made = await find();
      if (made && given.options.proof !== false)
        await prove(backups, made, { signal, onProgress: (progress) => amounts.show(progress) });
      if (scheduled) for (const place of placesOf(backups)) await prune(backups, place, { signal });
      const found = await find();
      amounts.end();
      const backup = found && first ? backupEntry(first.name, found) : null;
      const record: BackupRecord = { ...headOf(scene), kind: "backup", backup };
      await show(world, given, {
        record,
        text: () => folded(backupText(record, world.doors.clock.now()), world.output),
      });
      const isBad = backup?.proof ? backup.proof.verdict !== "proven" : given.options.proof !== false;
      return isBad ? 1 : 0;
    } finally {
      amounts.end();
    }
  },
};

/** The environment's backups, as the command line found it. Throws UserError when none are declared. */
export async function openBackups(world: World, scene: OpenScene) {
  const release = await liveRelease(scene, world.signal);
  const variables = await scene.readVariables(new Map());
  return backupSceneOf(scene, { variables, release: release?.id });
}
