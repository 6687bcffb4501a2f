import { leftLive } from "../deploy/left-live.ts";
import type { TargetStatus } from "../model/target.ts";
import type { OpenScene } from "./scene.ts";

/** A release that users had when its agent was ended by something else than `gonogo stop`. */
export interface LostRelease {
  readonly release: string;
  /** When the agent was last there, give or take a few seconds; milliseconds since 1970 UTC. */
  readonly seenAt: number | undefined;
}

export async function lostRelease(
  { store, away, environment: { name } }: Pick<OpenScene, "store" | "away" | "environment">,
  { address, seenAt }: Pick<TargetStatus, "address" | "seenAt">,
): Promise<LostRelease | undefined> {
  // While the store is away nobody knows whether somebody else has stopped it.
  if (address !== undefined || away !== undefined) return undefined;
  const [deploys, stop] = await Promise.all([store.deploys.list(name, 50), store.stops.last(name)]);
  const release = leftLive(deploys, stop?.at ?? 0);
  return release === undefined ? undefined : { release, seenAt };
}
