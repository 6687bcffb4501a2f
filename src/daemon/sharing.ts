import type { DeployScene } from "../deploy/scene.ts";
import type { StoreServer } from "../store/store-server.ts";
import { type SharedTasksRequest, shareTasks } from "../watch/schedule/shared-tasks.ts";
import type { Sharing } from "../watch/watch.ts";

/** Divides the asking between all processes that have this environment's store open. */
export function sharingOf(request: {
  readonly scene: DeployScene;
  readonly server: StoreServer;
  readonly who: string;
  readonly pid: number;
  readonly onTrouble: (text: string) => void;
  readonly onShare?: SharedTasksRequest["onShare"];
}): Sharing {
  const { scene, server, who, pid, onTrouble, onShare } = request;
  const { name } = scene.environment;
  return {
    begin: ({ tasks, scheduler, flush }) =>
      shareTasks({
        tasks,
        scheduler,
        flush,
        book: server.leases(name),
        clock: scene.doors.clock,
        who,
        pid,
        lastAsked: (monitors) => server.lastAsked(name, monitors),
        onTrouble,
        ...(onShare && { onShare }),
      }),
    takeHanded: () => server.takeHanded(name),
  };
}
