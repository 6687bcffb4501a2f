import path from "node:path";
import { messageOf } from "../model/errors.ts";
import type { World } from "../wiring.ts";
import type { Given } from "./command.ts";
import { openLaunch } from "./open-launch.ts";
import type { OpenScene } from "./scene.ts";

const LOOK_EVERY_MS = 2_000;

/**
 * Resolves when what is declared is another than this scene was opened with, and holds: the configuration's meaning
 * or the environment's file. A declaration with mistakes is told once and waited out. Rejects when aborted.
 */
export async function declarationChange(
  world: World,
  { given, scene, signal }: { given: Given; scene: OpenScene; signal: AbortSignal },
): Promise<void> {
  const { clock } = world.doors;
  const { launch, environment } = scene;
  const values = environment.variables.file;
  const files = [
    launch.configFile,
    ...(values === undefined ? [] : [path.resolve(launch.directory, values)]),
  ];
  let known = await stampsOf(files, world);
  for (;;) {
    await clock.delay(LOOK_EVERY_MS, signal);
    const now = await stampsOf(files, world);
    if (now.every((stamp, index) => stamp === known[index])) continue;
    const onlyValues = now[0] === known[0];
    known = now;
    if (onlyValues) return;
    try {
      const { configuration } = await openLaunch(world, given);
      if (configuration !== launch.configuration) return;
    } catch (thrown) {
      world.output.note(
        `the changed declaration has mistakes; watching goes on as before\n${messageOf(thrown)}\n`,
      );
    }
  }
}

async function stampsOf(files: readonly string[], { doors }: World): Promise<string[]> {
  const found = await Promise.all(files.map((file) => doors.files.stat(file)));
  return found.map((each) => (each ? `${each.modifiedAt} ${each.sizeBytes}` : "gone"));
}
