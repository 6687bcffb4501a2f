import { type Daemon, startDaemon, WATCH_NODE_FLAGS } from "../daemon/daemon.ts";
import { messageOf } from "../model/errors.ts";
import { quantity } from "../model/quantity.ts";
import { TakenOver } from "../store/watch-lease.ts";
import { startAnewWith } from "../system/start-anew.ts";
import type { World } from "../wiring.ts";
import { type CommandModule, declareEnvironment, declareFormat, examples, type Given } from "./command.ts";
import { declarationChange } from "./declaration-changes.ts";
import { showLine } from "./format.ts";
import { openSettled } from "./open-settled.ts";
import { harmless } from "./output/plain-text.ts";
import { headOf } from "./records.ts";
import type { OpenScene } from "./scene.ts";

const RETRY_MS = 2_000;

export const serveCommand: CommandModule = {
  declare(command) {
    declareFormat(declareEnvironment(command));
    examples(command, [
      ["gonogo serve --env production", "watch until SIGTERM; one process an environment"],
      ["gonogo serve --format json", "a line of JSON as it begins: the addresses it answers at"],
      ["systemd-run --user --same-dir -p Restart=always npx gonogo serve", "the same, kept up by systemd"],
    ]);
  },
  async run(world, given) {
    startAnewWith(WATCH_NODE_FLAGS);
    const fate = { isLost: false };
    for (let told = ""; !world.signal.aborted; ) {
      try {
        await serveOnce(world, given, fate);
      } catch (thrown) {
        if (!fate.isLost) throw thrown;
        // A server that begins anew is waited for, and so is somebody else who took over meanwhile.
        const reason = messageOf(thrown);
        if (reason !== told) world.output.note(`not watching: ${harmless(reason)}\n`);
        told = reason;
        await world.doors.clock.delay(RETRY_MS, world.signal).catch(() => undefined);
      }
    }
    world.output.note(fate.isLost ? "stopped\n" : "stopped; nothing was lost\n");
    return 0;
  },
};

/** Watches until told to stop, or until something else is declared. */
async function serveOnce(world: World, given: Given, fate: { isLost: boolean }): Promise<void> {
  await using scene = await openSettled(world, given);
  const onTrouble = (text: string): void => world.output.note(`${harmless(text)}\n`);
  await using daemon = await startDaemon({ scene, who: world.who, pid: process.pid, onTrouble });
  await tellBeginning(world, { scene, daemon, given });
  fate.isLost = false;
  const { lost } = daemon.watcher;
  const heed = (): void => {
    fate.isLost = true;
    // Ending in order would write what is somebody else's to write now.
    if (lost.reason instanceof TakenOver) endNow(world, lost.reason);
  };
  if (lost.aborted) heed();
  lost.addEventListener("abort", heed, { once: true });
  try {
    await declarationChange(world, { given, scene, signal: AbortSignal.any([world.signal, lost]) });
    world.output.note("something else is declared: watching that\n");
  } catch (thrown) {
    if (lost.aborted) world.output.note(`${messageOf(lost.reason)}: beginning anew\n`);
    else if (!world.signal.aborted) throw thrown;
  }
}

function endNow({ output }: World, { message, fix }: TakenOver): never {
  output.note(`${harmless(message)}\n  Fix: ${fix}\n`);
  process.exit(1);
}

async function tellBeginning(
  world: World,
  { scene, daemon, given }: { scene: OpenScene; daemon: Daemon; given: Given },
): Promise<void> {
  const { launch, environment } = scene;
  const { monitors, heartbeats } = daemon.watch;
  const components = new Set(monitors.map(({ component }) => component));
  const record = {
    ...headOf(scene),
    kind: "serve" as const,
    ...{ pid: process.pid, monitors: monitors.length, components: components.size },
    dashboard: `${daemon.url}/`,
    statusPage: `${daemon.url}/status`,
    api: `${daemon.url}/api/v1/openapi.json`,
    heartbeats: (launch.watch?.heartbeats ?? []).map(({ name }) => ({
      name,
      address: `${daemon.url}/beat/${heartbeats.keyOf(name)}`,
    })),
  };
  await showLine(world, given, {
    record,
    notes: [
      `watching ${launch.name} · ${environment.name}: ${quantity(monitors.length, "monitor")} of ${quantity(components.size, "component")}`,
      `dashboard ${record.dashboard} (with a key: gonogo key add me --scope write), status page ${record.statusPage}, API ${record.api}`,
      ...record.heartbeats.map(({ name, address }) => `${name} says that it lives at ${address}`),
    ],
  });
}
