import { databasePart } from "../../backups/restore.ts";
import { restoreBeside, restoreOver } from "../../backups/restore-live.ts";
import type { BackupScene } from "../../backups/scene.ts";
import type { StoredBackup } from "../../backups/shelf.ts";
import type { World } from "../../wiring.ts";
import {
  type CommandModule,
  declareEnvironment,
  declareFormat,
  examples,
  type Given,
  text,
} from "../command.ts";
import { isJson, show } from "../format.ts";
import { openSettled } from "../open-settled.ts";
import { folded } from "../output/plain-text.ts";
import type { OpenScene } from "../scene.ts";
import { openBackups } from "./backup.ts";
import { chosenBackup, readShelf } from "./backups.ts";
import { showAmounts } from "./progress.ts";
import { type BackupsRecord, backupEntry, headOf, type RestoreRecord } from "./records.ts";
import { readReaches, restoreAtTime } from "./restore-at.ts";
import { restoreElsewhere } from "./restore-elsewhere.ts";
import { lockForRestore } from "./restore-lock.ts";
import { expectNewestMeant } from "./restore-newest.ts";
import { expectTyped, freshBackup } from "./restore-over.ts";
import { expectOnePlace } from "./restore-place.ts";
import { connectionOf } from "./restored-connection.ts";
import { backupsText, restoreText } from "./texts.ts";

export const restoreCommand: CommandModule = {
  completes: {
    backup: "backups",
    "--from": "destinations",
    "--component": "parts",
    "--confirm": "environments",
  },
  declare(command) {
    declareFormat(declareEnvironment(command.argument("[backup]", "which one (default: the newest)")))
      .option("--list", "what could be restored")
      .option("--from <destination>", "only this one of the declared destinations")
      .option(
        "--component <name>",
        "which part: a database, a Redis, a directory of files, gonogo's own store",
      )
      .option("--beside [name]", "into a new database on the live one's server; the live one is not touched")
      .option(
        "--into <target>",
        "a database or a Redis: the variable with the address of an empty one; files: a new directory; gonogo's store: a new file",
      )
      .option(
        "--over",
        "in the place of the live database: after a fresh backup, and only if the copy agrees",
      )
      .option(
        "--at <time>",
        "a database as it was at this time (2026-11-21T10:00:00Z), beside the live one, --over it or --into an empty one",
      )
      .option("--confirm <environment>", "with --over: the environment's name, for machines");
    examples(command, [
      ["gonogo restore --list", "what there is, newest first"],
      ["gonogo restore --beside", "the newest, beside the live database, and compared"],
      ["gonogo restore b20261121T073000Z-4f2a --into SPARE_DATABASE_URL", "into an empty database elsewhere"],
      [
        "gonogo restore --component uploads --into uploads-again",
        "the files, compared with what was backed up",
      ],
      ["gonogo restore --component redis --into SPARE_REDIS_URL", "every key, into an empty Redis"],
      [
        "gonogo restore --at 2026-11-21T10:00:00Z",
        "the database as it was at that second, beside the live one",
      ],
      ["gonogo restore --over --env staging", "replace the live data; asks for the environment's name"],
    ]);
  },
  async run(world, given) {
    expectOnePlace(given);
    await using scene = await openSettled(world, given);
    const backups = await openBackups(world, scene);
    const { beside, over, into } = given.options;
    const isBeside = !over && !into;
    if (text(given, "at") !== undefined) {
      const record = await restoreAtTime(world, { scene, backups, given });
      await show(world, given, {
        record,
        text: () => restoreText(record, { isBeside, ...world.output }),
      });
      return record.problems.length > 0 ? 1 : 0;
    }
    const shelf = await readShelf(backups, text(given, "from"), world.signal);
    if (given.options.list === true || (!beside && !over && !into)) {
      const entries = shelf.stored.map(({ destination, backup }) => backupEntry(destination, backup));
      const { unreachable } = shelf;
      const pointInTime = await readReaches(backups, text(given, "from"), world.signal);
      const found = { backups: entries, unreachable, pointInTime };
      const record: BackupsRecord = { ...headOf(scene), kind: "backups", ...found };
      await show(world, given, {
        record,
        text: () => folded(backupsText(record, world.doors.clock.now()), world.output),
      });
      return 0;
    }
    const chosen = chosenBackup(shelf, given.args[0]);
    const { backup } = chosen;
    if (over && given.args[0] === undefined)
      await expectNewestMeant(backups, { shelf, newest: chosen, given, signal: world.signal });
    const record = await restore(world, { scene, backups, backup, given });
    await show(world, given, { record, text: () => restoreText(record, { isBeside, ...world.output }) });
    return record.problems.length > 0 ? 1 : 0;
  },
};

interface Restore {
  readonly scene: OpenScene;
  readonly backups: BackupScene;
  readonly backup: StoredBackup;
  readonly given: Given;
}

async function restore(world: World, request: Restore): Promise<RestoreRecord> {
  const { scene, backups, backup, given } = request;
  const amounts = showAmounts(world, isJson(given));
  const component = text(given, "component");
  const from = world.doors.clock.monotonicMs();
  const options = {
    ...(component !== undefined && { component }),
    signal: world.signal,
    onProgress: (amount: { bytes: number; ofBytes: number }) =>
      amounts.show({ doing: "restoring", ...amount }),
  };
  const record = (found: Pick<RestoreRecord, "into"> & Partial<RestoreRecord>): RestoreRecord => ({
    ...headOf(scene),
    kind: "restore",
    backup: backup.manifest.id,
    aside: null,
    freshBackup: null,
    problems: [],
    ...found,
    tookMs: Math.round(world.doors.clock.monotonicMs() - from),
  });
  try {
    if (given.options.over === true) {
      const { database: live } = databasePart(backup, component);
      await expectTyped(world, { scene, given, database: live, by: backup.manifest.id });
      await using lock = await lockForRestore(world, scene);
      const { signal } = lock;
      const fresh = await freshBackup({ signal }, backups, amounts);
      const { database, aside } = await restoreOver(backups, backup, { ...options, signal });
      return record({
        into: database,
        aside,
        freshBackup: fresh,
        connection: await connectionOf(backups, {
          component: databasePart(backup, component).component,
          database: aside,
        }),
      });
    }
    const into = text(given, "into");
    if (into !== undefined)
      return record({ into, problems: await restoreElsewhere(world, { backups, backup, into, options }) });
    const name = text(given, "beside");
    const { database, problems } = await restoreBeside(backups, backup, {
      ...options,
      ...(name !== undefined && { name }),
    });
    return record({
      into: database,
      problems,
      connection: await connectionOf(backups, {
        component: databasePart(backup, component).component,
        database,
      }),
    });
  } finally {
    amounts.end();
  }
}
