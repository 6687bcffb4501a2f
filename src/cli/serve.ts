import { type Daemon, startDaemon, WATCH_NODE_FLAGS } from "../daemon/daemon.ts";
import { startAnewWith } from "../system/start-anew.ts";
import type { World } from "../wiring.ts";
import { type CommandModule, declareEnvironment, examples, type Given } from "./command.ts";
import { declarationChange } from "./declaration-changes.ts";
import { openSettled } from "./open-settled.ts";
import { harmless } from "./output/plain-text.ts";
import type { OpenScene } from "./scene.ts";

export const serveCommand: CommandModule = {
  declare(command) {
    declareEnvironment(command);
    examples(command, [
      ["gonogo serve --env production", "watch until SIGTERM; one process an environment"],
      ["systemd-run --user gonogo serve", "the same, kept up by systemd"],
    ]);
  },
  async run(world, given) {
    startAnewWith(WATCH_NODE_FLAGS);
    while (!world.signal.aborted) await serveOnce(world, given);
    world.output.note("stopped; nothing was lost\n");
    return 0;
  },
};

/** Watches until told to stop, or until something else is declared. */
async function serveOnce(world: World, given: Given): Promise<void> {
  await using scene = await openSettled(world, given);
  const onTrouble = (text: string): void => world.output.note(`${harmless(text)}\n`);
  await using daemon = await startDaemon({ scene, who: world.who, pid: process.pid, onTrouble });
  tellBeginning(world, scene, daemon);
  try {
    await declarationChange(world, { given, scene, signal: world.signal });
    world.output.note("something else is declared: watching that\n");
  } catch (thrown) {
    if (!world.signal.aborted) throw thrown;
  }
}

function tellBeginning({ output }: World, { launch, environment }: OpenScene, daemon: Daemon): void {
  const { monitors, heartbeats } = daemon.watch;
  const components = new Set(monitors.map(({ component }) => component));
  output.note(
    `watching ${launch.name} · ${environment.name}: ${monitors.length} monitors of ${components.size} components\n`,
  );
  output.note(
    `dashboard ${daemon.url}/ (with a key: gonogo key add me --scope write), status page ${daemon.url}/status, API ${daemon.url}/api/v1/openapi.json\n`,
  );
  for (const { name } of launch.watch?.heartbeats ?? []) {
    output.note(`${name} says that it lives at ${daemon.url}/beat/${heartbeats.keyOf(name)}\n`);
  }
}
