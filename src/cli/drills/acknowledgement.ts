import { UserError } from "../../model/errors.ts";
import type { World } from "../../wiring.ts";
import { type Given, text } from "../command.ts";
import { show } from "../format.ts";
import { headOf } from "../records.ts";
import type { OpenScene } from "../scene.ts";

/** "drill-4", as a drill's message asks to be acknowledged; undefined for anything else. */
export function drillNumber(id: string | undefined): string | undefined {
  return /^drill-(\d+)$/.exec(id ?? "")?.[1];
}

/** Whoever got the message of an alert drill says so. */
export async function acknowledgeDrill(world: World, scene: OpenScene, given: Given): Promise<0> {
  const { store, environment, doors } = scene;
  const id = `drill ${drillNumber(given.args[1])}`;
  const drill = (await store.drills.list(environment.name)).find((each) => each.id === id);
  if (drill?.name !== "alert") {
    throw new UserError(`there is no alert drill "${given.args[1]}" in ${environment.name}`, {
      fix: `gonogo drill alert --env ${environment.name} holds one`,
    });
  }
  const by = text(given, "by") ?? world.who;
  const at = doors.clock.now();
  await store.drills.mark(environment.name, id, { ...drill.mark, acknowledgedBy: by, acknowledgedAt: at });
  const wasRunning = drill.state === "running";
  const late = wasRunning ? "" : "; the drill was over already, hold it again for the checklist";
  await show(world, given, {
    record: { ...headOf(scene), kind: "acknowledgement", drill: given.args[1] ?? "", by, at, wasRunning },
    text: () => `${given.args[1]} acknowledged by ${by}${late}\n`,
  });
  return 0;
}
