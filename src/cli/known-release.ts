import { noSuch } from "./no-such.ts";
import type { OpenScene } from "./scene.ts";

const MOST_NAMED = 20;

/** Throws UserError for a release that never was: to a target it would look like one that is gone. */
export async function expectRelease(
  id: string | undefined,
  { store, environment, away }: Pick<OpenScene, "store" | "environment" | "away">,
): Promise<void> {
  // What stands in for the store knows only the newest.
  if (id === undefined || away !== undefined || (await store.releases.get(environment.name, id))) return;
  const known = await store.releases.list(environment.name, MOST_NAMED);
  throw noSuch("release", id, {
    known: known.map((each) => each.id),
    none: `gonogo deploy --env ${environment.name} makes the first`,
  });
}
