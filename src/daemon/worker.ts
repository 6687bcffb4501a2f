import type { DeployScene } from "../deploy/scene.ts";
import { UserError } from "../model/errors.ts";
import { openLightHttp } from "../system/light-http.ts";
import { openProbing, type Probing } from "../watch/probing.ts";
import type { SharedTasksRequest } from "../watch/schedule/shared-tasks.ts";
import { sharingOf } from "./sharing.ts";

/** `gonogo worker`: asks its share of what is watched and hands what it sees to `gonogo serve`. Dispose ends it. */
export interface Worker extends AsyncDisposable {
  readonly probing: Probing;
}

export interface WorkerRequest {
  readonly scene: DeployScene;
  readonly who: string;
  readonly pid: number;
  readonly onTrouble: (text: string) => void;
  readonly onShare?: SharedTasksRequest["onShare"];
}

/** Throws UserError when the store is a file: then one process on one machine asks everything. */
export async function startWorker(request: WorkerRequest): Promise<Worker> {
  const { scene } = request;
  const { server } = scene.store;
  if (!server) {
    throw new UserError("workers share a store on a server, and this launch keeps its store in a file", {
      where: scene.launch.configFile,
      fix: 'store: { postgres: "GONOGO_STORE" } and GONOGO_STORE=postgres://user:password@host:5432/database; or let `gonogo serve` ask alone',
    });
  }
  await using opened = new AsyncDisposableStack();
  const { name } = scene.environment;
  const measurements = opened.use(await server.openMeasurements(name, { writes: true, hands: true }));
  const http = opened.use(openLightHttp());
  const probing = await openProbing({ ...request, measurements, http });
  opened.defer(() => probing.stop());
  await measurements.declare(probing.monitors);
  probing.scheduler.add(probing.secondLook);
  // Given back first: others ask before what runs here has ended.
  opened.use(sharingOf({ ...request, server }).begin(probing));
  const kept = opened.move();
  return { probing, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
