import { directoriesOutside } from "../deploy/supply.ts";
import { messageOf, UserError } from "../model/errors.ts";
import type { World } from "../wiring.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples } from "./command.ts";
import { confirmed } from "./confirm.ts";
import { show } from "./format.ts";
import { headOf } from "./records.ts";
import { type OpenScene, openWithoutChecklist } from "./scene.ts";

export const stopCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command))
      .option("--purge", "remove its releases, supplied services and their data too")
      .option("-y, --yes", "do not ask");
    examples(command, [
      ["gonogo stop --env staging", "end its processes; data and releases stay"],
      ["gonogo stop --env staging --purge --yes", "leave nothing behind"],
    ]);
  },
  async run(world, given) {
    await using scene = await openWithoutChecklist(world, given, "acts");
    const { environment, launch, target, directory } = scene;
    const purge = given.options.purge === true;
    const asked = `End ${launch.name} in ${environment.name}${purge ? " and remove its data" : ""}?`;
    if (given.options.yes !== true && !(await confirmed(world.output, asked))) {
      throw new UserError("nothing was stopped", { fix: "--yes to stop without being asked" });
    }
    const outside = purge ? await directoriesOutside(launch, directory, world.doors) : [];
    await using intent = await keepIntent(world, scene);
    await target.stop({ owner: world.who, purge, outside }, world.signal);
    intent.done();
    await keepStop(world, scene);
    await show(world, given, {
      record: { kind: "stop", ...headOf(scene), purged: purge },
      text: () =>
        `${launch.name} · ${environment.name} is stopped${purge ? "; its releases, services and their data are gone, evidence and backups are kept" : ""}\n`,
    });
    return 0;
  },
};

/** Tells the watcher of the stop before anything ends, and takes that back when nothing ended. */
export async function keepIntent(
  { who, signal }: Pick<World, "who" | "signal">,
  { store: { stops }, environment: { name } }: Pick<OpenScene, "store" | "environment">,
): Promise<AsyncDisposable & { done(): void }> {
  const before = await stops.last(name).catch(() => undefined);
  // What cannot be written is told once it is stopped.
  await stops.keep(name, who).catch(() => undefined);
  let isDone = false;
  return {
    done() {
      isDone = true;
    },
    async [Symbol.asyncDispose]() {
      // Broken off, it may go on at the target.
      if (!isDone && !signal.aborted) await stops.restore(name, before).catch(() => undefined);
    },
  };
}

/** On a full disk it is stopped all the same, and that is what whoever typed this has to know. */
export async function keepStop(
  { who, output }: Pick<World, "who" | "output">,
  { store, environment: { name } }: Pick<OpenScene, "store" | "environment">,
): Promise<void> {
  await store.stops.keep(name, who).catch((thrown: unknown) => {
    const unknown = `gonogo status --env ${name} will take its agent for lost`;
    output.note(`it could not be written down that this was meant: ${messageOf(thrown)}; ${unknown}\n`);
  });
}
