import { startWorker } from "../daemon/worker.ts";
import type { Share } from "../watch/schedule/shared-tasks.ts";
import type { World } from "../wiring.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, type Given } from "./command.ts";
import { declarationChange } from "./declaration-changes.ts";
import { showLine } from "./format.ts";
import { harmless } from "./output/plain-text.ts";
import { headOf } from "./records.ts";
import { openScene } from "./scene.ts";

export const workerCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command));
    examples(command, [
      ["gonogo worker --env production", "take part in the asking until SIGTERM; start as many as you like"],
      ["gonogo worker --store GONOGO_STORE", "the variable with the Postgres that `gonogo serve` uses too"],
    ]);
  },
  async run(world, given) {
    while (!world.signal.aborted) await workOnce(world, given);
    world.output.note("stopped; others ask on\n");
    return 0;
  },
};

/** Asks until told to stop, or until something else is declared. */
async function workOnce(world: World, given: Given): Promise<void> {
  await using scene = await openScene(world, given);
  const { launch, environment, store } = scene;
  const note = (text: string): void => world.output.note(`${harmless(text)}\n`);
  const tell = async (share: Share | undefined, told: string): Promise<void> => {
    const head = { ...headOf(scene), kind: "worker" as const, pid: process.pid };
    const record = { ...head, store: store.server?.place ?? "", share: share ?? null };
    await showLine(world, given, { record, notes: [harmless(told)] });
  };
  const onShare = (share: Share): void => {
    const { tasks, of, workers } = share;
    const whose = workers === 1 ? "process asks" : "processes share";
    void tell(share, `asks ${tasks} of ${of}, which ${workers} ${whose}`);
  };
  await using _ = await startWorker({
    scene,
    who: world.who,
    pid: process.pid,
    onTrouble: note,
    onShare,
  });
  await tell(undefined, `works for ${launch.name} · ${environment.name}, store ${store.server?.place}`);
  try {
    await declarationChange(world, { given, scene, signal: world.signal });
    note("something else is declared: asking that");
  } catch (thrown) {
    if (!world.signal.aborted) throw thrown;
  }
}
