import type { DeployScene } from "../../deploy/scene.ts";
import type { Secret } from "../../model/secret.ts";
import { monitorsOf } from "../monitors/monitors.ts";
import { type Alerting, startAlerting } from "./alerting.ts";

const VARIABLES_FRESH_MS = 5 * 60_000;

/** Alerts of one environment, as its declaration says. */
export async function openAlerting(
  scene: DeployScene,
  { onTrouble }: { onTrouble?: (text: string) => void } = {},
): Promise<Alerting> {
  const { launch, environment, store, doors } = scene;
  const { probes, rounds } = monitorsOf(launch, environment);
  return await startAlerting({
    launch: launch.name,
    environment: environment.name,
    policy: launch.alerts,
    deploy: launch.deploy,
    monitors: [
      ...probes.map(({ monitor }) => monitor),
      ...rounds.flatMap(({ checks }) => checks.map(({ monitor }) => monitor)),
    ],
    touched: launch.components.filter(({ kind }) => kind.processes).map(({ name }) => name),
    store,
    doors,
    variables: channelVariables(scene),
    ...(onTrouble && { onTrouble }),
  });
}

/** Values of the environment's variables; read anew every few minutes, for a source may be a command that costs. */
export function channelVariables({
  readVariables,
  doors,
}: Pick<DeployScene, "readVariables" | "doors">): () => Promise<ReadonlyMap<string, Secret>> {
  let last: { readonly at: number; readonly values: ReadonlyMap<string, Secret> } | undefined;
  return async () => {
    const now = doors.clock.monotonicMs();
    if (last && now - last.at < VARIABLES_FRESH_MS) return last.values;
    const { values } = await readVariables(new Map());
    last = { at: now, values: new Map([...values].map(([name, { value }]) => [name, value])) };
    return last.values;
  };
}
