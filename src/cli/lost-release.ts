import type { Deploy } from "../model/deploy.ts";
import type { OpenScene } from "./scene.ts";

type Scene = Pick<OpenScene, "store" | "environment" | "directory" | "doors">;

/** Beside the environment's own directory, which `gonogo stop --purge` removes. */
const markOf = ({ directory }: Pick<Scene, "directory">): string => `${directory}.stopped`;

/** A stop that was asked for is told from a crash by this. */
export async function markStopped(scene: Scene): Promise<void> {
  await scene.doors.files.write(markOf(scene), `${scene.doors.clock.now()}\n`);
}

/** Why nothing runs although a release was live and nobody stopped it; undefined when all is as it was left. */
export async function lostRelease(scene: Scene, live: string | undefined): Promise<string | undefined> {
  if (live !== undefined) return undefined;
  const { store, environment, doors } = scene;
  const stoppedAt = Number((await doors.files.read(markOf(scene))) ?? 0);
  const release = leftLive(await store.deploys.list(environment.name, 50), stoppedAt);
  if (release === undefined) return undefined;
  return `release ${release} was live, and the agent of ${environment.name} does not run: it was ended, and not by gonogo stop`;
}

/** The release users had last, unless a stop came after it. `deploys` newest first. */
export function leftLive(
  deploys: readonly Pick<Deploy, "state" | "release" | "from" | "finishedAt">[],
  stoppedAt: number,
): string | undefined {
  const last = deploys.find(({ state }) => state === "done" || state === "rolled back");
  if (!last || (last.finishedAt ?? 0) <= stoppedAt) return undefined;
  return last.state === "done" ? last.release : last.from;
}
