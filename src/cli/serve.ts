import { startDaemon, WATCH_NODE_FLAGS } from "../daemon/daemon.ts";
import { startAnewWith } from "../system/start-anew.ts";
import { type CommandModule, declareEnvironment, examples } from "./command.ts";
import { harmless } from "./output/plain-text.ts";
import { openSettled } from "./scene.ts";

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
    await using scene = await openSettled(world, given);
    const { launch, environment } = scene;
    {
      const onTrouble = (text: string): void => world.output.note(`${harmless(text)}\n`);
      await using daemon = await startDaemon({ scene, who: world.who, pid: process.pid, onTrouble });
      const { monitors, heartbeats } = daemon.watch;
      const components = new Set(monitors.map(({ component }) => component));
      world.output.note(
        `watching ${launch.name} · ${environment.name}: ${monitors.length} monitors of ${components.size} components\n`,
      );
      world.output.note(
        `dashboard ${daemon.url}/ (with a key: gonogo key add me --scope write), status page ${daemon.url}/status, API ${daemon.url}/api/v1/openapi.json\n`,
      );
      for (const { name } of launch.watch?.heartbeats ?? []) {
        world.output.note(`${name} says that it lives at ${daemon.url}/beat/${heartbeats.keyOf(name)}\n`);
      }
      await untilAborted(world.signal);
    }
    world.output.note("stopped; nothing was lost\n");
    return 0;
  },
};

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
