import type { Deploy } from "../model/deploy.ts";
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

/** The release users had last, unless a stop came after it. `deploys` newest first. */
export function leftLive(
  deploys: readonly Pick<Deploy, "state" | "release" | "from" | "finishedAt" | "reason">[],
  stoppedAt: number,
): string | undefined {
  const [last] = deploys.flatMap((deploy) => {
    const release = wasLeftLive(deploy);
    return release === undefined ? [] : [{ release, finishedAt: deploy.finishedAt ?? 0 }];
  });
  return last && last.finishedAt > stoppedAt ? last.release : undefined;
}

function wasLeftLive({
  state,
  release,
  from,
  reason,
}: Pick<Deploy, "state" | "release" | "from" | "reason">): string | undefined {
  if (state === "done") return release;
  if (state === "rolled back") return from;
  // Its command was killed: which of the two the target went on with was written down when it was found.
  return [release, from].find((each) => each !== undefined && reason?.endsWith(`; ${each} is live`));
}
