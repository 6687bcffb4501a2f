import type { DowntimeRecord, StepRecord, SwitchSeen } from "../model/deploy.ts";
import type { DeployScene } from "./scene.ts";

/** Deploys that came to nothing are many while something is being mended. */
const LOOKED_AT = 50;

/** What the newest deploy that replaced a release was seen to cost; undefined: none has replaced one yet. */
export async function lastSwitch({
  store,
  environment,
}: Pick<DeployScene, "store" | "environment">): Promise<SwitchSeen | undefined> {
  const deploys = await store.deploys.list(environment.name, LOOKED_AT);
  const last = deploys.find(
    ({ kind, state, from }) => kind === "deploy" && state === "done" && from !== undefined,
  );
  if (last?.from === undefined) return undefined;
  const { id, release, from, startedAt, finishedAt = startedAt } = last;
  const steps = await store.deploys.steps(environment.name, id);
  const baked = steps.findLast(({ step, state }) => step === "bake" && state === "done");
  return { deploy: id, release, from, at: finishedAt, downtime: baked && downtimeOf(baked) };
}

function downtimeOf({ detail }: StepRecord): DowntimeRecord | undefined {
  const { requests, failed, worstMs, firstFailure } = detail;
  if (typeof requests !== "number" || typeof failed !== "number" || typeof worstMs !== "number")
    return undefined;
  return {
    requests,
    failed,
    worstMs,
    firstFailure: typeof firstFailure === "string" ? firstFailure : undefined,
  };
}
