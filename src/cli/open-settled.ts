import { recover } from "../deploy/recover.ts";
import { undoDrills } from "../drills/undo.ts";
import type { World } from "../wiring.ts";
import type { WithoutStore } from "./away.ts";
import type { Given } from "./command.ts";
import { type OpenScene, openScene } from "./scene.ts";

/** Opens a scene and brings its journal up with what really runs; `without` as a scene's. */
export async function openSettled(world: World, given: Given, without?: WithoutStore): Promise<OpenScene> {
  const scene = await openScene(world, given, { ...(without && { without }) });
  if (scene.away !== undefined) return scene;
  const status = await scene.target.status(world.signal);
  for (const told of await undoDrills(scene, world.signal)) world.output.note(`${told}\n`);
  for (const told of await recover(scene, status)) world.output.note(`${told}\n`);
  return scene;
}
