import type { DeployScene } from "../../deploy/scene.ts";
import type { Monitor } from "../../model/monitor.ts";
import { channelTroubles, troubleLine } from "../../notify/channel-health.ts";
import { channelVariables } from "../../notify/credentials.ts";
import { type Alerting, startAlerting } from "./alerting.ts";

/** Alerts of one environment, as its declaration says. */
export async function openAlerting(
  scene: DeployScene,
  { monitors, onTrouble }: { monitors: readonly Monitor[]; onTrouble?: (text: string) => void },
): Promise<Alerting> {
  const { launch, environment, store, doors } = scene;
  const variables = channelVariables(scene);
  const { channels } = launch.alerts;
  const asked = { environment: environment.name, channels, outbox: store.outbox, values: await variables() };
  // Before there is anything to tell: then it is too late to find out.
  for (const trouble of await channelTroubles(asked)) onTrouble?.(troubleLine(trouble));
  return await startAlerting({
    launch: launch.name,
    environment: environment.name,
    watchUrl: environment.watchUrl,
    policy: launch.alerts,
    deploy: launch.deploy,
    monitors,
    touched: launch.components.filter(({ kind }) => kind.processes).map(({ name }) => name),
    store,
    doors,
    variables,
    ...(onTrouble && { onTrouble }),
  });
}
