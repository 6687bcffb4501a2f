import type { Deploy } from "../model/deploy.ts";

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
