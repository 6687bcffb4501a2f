import type { LiveBoard } from "../api/live-board.ts";
import type { DeployScene } from "../deploy/scene.ts";
import type { WatchLock } from "../store/watch-lease.ts";

/**
 * The same scene for the process that watches: what it sees is told from memory. To open its own files a second time
 * and read every monitor's newest line there held up all else it does, a tenth of a second with 20,000 of them.
 */
export function withOwnSight(
  scene: DeployScene,
  { watcher, board }: { watcher: Pick<WatchLock, "who" | "since">; board: LiveBoard },
): DeployScene {
  const { readWatch } = scene;
  if (!readWatch) return scene;
  return {
    ...scene,
    readWatch: () => {
      const latest = [...board.standings.values()].map(({ reading }) => reading);
      return readWatch({ watcher, latest });
    },
  };
}
