import type { Release } from "../model/release.ts";
import type { Store } from "../store/store.ts";
import type { ProbeSample } from "./prober.ts";

interface Ground {
  readonly store: Pick<Store, "alerts" | "deploys">;
  readonly environment: { readonly name: string };
}

/** What whoever watches found down since the switch and did not find up again: a deploy does not end on that. */
export async function stillDown(
  { store, environment }: Ground,
  { touched, since }: { touched: readonly string[]; since: number },
): Promise<string | undefined> {
  const { groups } = await store.alerts.load(environment.name);
  const down = groups
    .flatMap(({ alerts }) => alerts)
    .filter(
      ({ resolvedAt, firstFailureAt, component, severity }) =>
        resolvedAt === undefined &&
        firstFailureAt >= since &&
        touched.includes(component) &&
        (severity === "P0" || severity === "P1"),
    );
  const [first] = down;
  if (!first) return undefined;
  const more = down.length > 1 ? ` and ${down.length - 1} more` : "";
  return `still down at the end of the bake: ${first.monitor}${more}: ${first.detail}`;
}

/**
 * Never back twice in a row for nothing: after an automatic way back only a release that was seen to do well until
 * the switch is gone back to. When that one fails too, the release is not what is wrong.
 */
export async function isUselessAgain(
  {
    store,
    environment,
    deployId,
    before,
  }: Ground & { readonly deployId: string; readonly before: Pick<Release, "id"> | undefined },
  probes: readonly ProbeSample[],
): Promise<boolean> {
  const ended = (await store.deploys.list(environment.name, 10)).filter(
    ({ id, state }) => id !== deployId && (state === "done" || state === "rolled back"),
  );
  if (ended[0]?.state !== "rolled back" || !before) return false;
  const seen = probes.filter(({ release }) => release === before.id);
  const failed = seen.filter(({ failure }) => failure !== undefined);
  return seen.length === 0 || failed.length > seen.length / 2;
}
