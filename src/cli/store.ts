import path from "node:path";
import { UserError } from "../model/errors.ts";
import { quantity } from "../model/quantity.ts";
import { lockFileOf } from "../store/watch-files.ts";
import { currentWatcher } from "../store/watch-lock.ts";
import { watchPlaceOf } from "../store/watch-place.ts";
import { actionAmong, type CommandModule, declareEnvironment, declareFormat, examples } from "./command.ts";
import { show } from "./format.ts";
import type { StoreRecord } from "./output/contracts/store.ts";
import { folded } from "./output/plain-text.ts";
import { headOf } from "./records.ts";
import { type OpenScene, openWithoutChecklist } from "./scene.ts";

const ACTIONS = ["show", "move"] as const;

export const storeCommand: CommandModule = {
  completes: { action: ACTIONS },
  declare(command) {
    declareFormat(declareEnvironment(command)).argument("[action]", "show or move", "show");
    examples(command, [
      ["gonogo store", "where it is, how much it holds, whether it is whole"],
      ["gonogo store move", "from the project's file into the declared Postgres, which has none yet"],
      ["gonogo store move --store GONOGO_STORE", "the same before it is declared"],
    ]);
  },
  async run(world, given) {
    const action = actionAmong(given, ACTIONS);
    let movedFrom: string | null = null;
    if (action === "move") {
      await using scene = await openWithoutChecklist(world, given);
      movedFrom = await move(scene);
    }
    // Opened anew: what was moved has another salt.
    await using scene = await openWithoutChecklist(world, given);
    const record = await recordOf(scene, movedFrom);
    await show(world, given, { record, text: () => folded(told(record), world.output) });
    return record.isWhole ? 0 : 1;
  },
};

async function move(scene: OpenScene): Promise<string> {
  const { launch, store, doors } = scene;
  const file = fileOf(scene);
  if (!store.server) {
    throw new UserError("the store is a file, and nothing says where it should go", {
      where: launch.configFile,
      fix: 'store: { postgres: "GONOGO_STORE" }, or --store GONOGO_STORE, with the address in that variable',
    });
  }
  if (!(await doors.files.stat(file)))
    throw new UserError("there is no file to move", {
      where: file,
      fix: "gonogo store: it may be there already",
    });
  for (const environment of launch.environments) {
    const directory = path.join(launch.directory, ".gonogo", environment.name);
    const watcher =
      (await watchPlaceOf({ store, directory, environment, doors }).watcher()) ??
      ((await doors.files.stat(lockFileOf(directory))) && currentWatcher(lockFileOf(directory)));
    if (watcher) {
      throw new UserError(`${watcher.who} watches ${environment.name}, process ${watcher.pid}`, {
        fix: "end that one first; start it again when the store is moved",
      });
    }
  }
  await store.server.fillFrom(file);
  return file;
}

async function recordOf(scene: OpenScene, movedFrom: string | null): Promise<StoreRecord> {
  const { store } = scene;
  const { rows, head, breaks } = await store.evidence.audit();
  const people = await store.people.audit();
  return {
    ...headOf(scene),
    kind: "store",
    database: store.server ? "postgres" : "sqlite",
    place: store.server?.place ?? fileOf(scene),
    evidenceRows: rows,
    evidenceHead: head,
    isWhole: breaks.length === 0 && people.breaks.length === 0,
    movedFrom,
  };
}

function fileOf({ launch }: OpenScene): string {
  return path.join(launch.directory, ".gonogo", "gonogo.db");
}

function told({ launch, place, evidenceRows, isWhole, movedFrom }: StoreRecord): string {
  const whole = isWhole
    ? "as they were written"
    : "NOT as they were written: gonogo report --verify names each that was changed";
  const lines = [
    `${launch} · store ${place}`,
    `${quantity(evidenceRows, "row")} of evidence, ${whole}`,
    ...(movedFrom === null
      ? []
      : [
          `${movedFrom} stays as it was, and nobody looks at it any more; readings of the watch begin anew`,
          'Next: declare it, store: { postgres: "..." }, so that everybody uses it',
        ]),
  ];
  return `${lines.join("\n")}\n`;
}
