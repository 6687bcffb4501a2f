import { leftLive } from "../../deploy/left-live.ts";
import type { Deploy, StepRecord } from "../../model/deploy.ts";
import type { Suspect } from "../../model/incident.ts";
import type { DeployPolicy } from "../../model/launch.ts";
import type { Store } from "../../store/store.ts";
import { REOPEN_MS } from "../incidents/lifecycle.ts";
import type { Circumstances } from "./evaluator.ts";
import type { DeployMuting } from "./muting.ts";

export interface CircumstancesRequest {
  readonly store: Pick<Store, "silences" | "incidents" | "deploys" | "releases" | "stops">;
  readonly environment: string;
  readonly policy: DeployPolicy;
  /** Components whose processes a deploy replaces. */
  readonly touched: readonly string[];
  readonly now: number;
}

/** What people and deploys have written since. */
export async function readCircumstances(request: CircumstancesRequest): Promise<Circumstances> {
  const { store, environment, now } = request;
  const silences = await store.silences.list(environment, { endsAfter: now });
  const incidents = await store.incidents.list(environment, { since: now - REOPEN_MS, limit: 200 });
  const deploys = await store.deploys.list(environment, 50);
  const [newest] = deploys;
  const stop = await store.stops.last(environment);
  const isStopped = stop !== undefined && leftLive(deploys, stop.at) === undefined;
  const steps = newest ? await store.deploys.steps(environment, newest.id) : [];
  return {
    muting: { silences, deploy: newest && mutingOf(newest, steps, request), isStopped },
    live: newest && (await suspectOf(newest, steps, request)),
    incidents,
  };
}

/** After this much more than its bake a deploy keeps nothing quiet any more, however it goes. */
const SLACK_MS = 5 * 60_000;

/** From the first step that users can feel until the end of the deploy, or of patience. */
function mutingOf(
  deploy: Deploy,
  steps: readonly StepRecord[],
  { policy, touched, now }: Pick<CircumstancesRequest, "policy" | "touched" | "now">,
): DeployMuting | undefined {
  const felt = steps.find(
    ({ step, state }) => (step === "migrate" || step === "switch") && state === "intent",
  );
  if (!felt) return undefined;
  const latest = felt.at + policy.bakeMs + policy.drainMs + SLACK_MS;
  const until = Math.min(latest, deploy.finishedAt ?? (deploy.state === "running" ? latest : now));
  return { deploy: deploy.id, components: touched, since: felt.at, until };
}

async function suspectOf(
  { release, state, kind }: Deploy,
  steps: readonly StepRecord[],
  { store, environment }: CircumstancesRequest,
): Promise<Suspect | undefined> {
  const switched = steps.find((each) => each.step === "switch" && each.state === "done");
  const isBack = state === "rolled back" || state === "failed";
  // What was gone back to is not suspected of what made us go back.
  if (!switched || isBack || kind === "rollback") return undefined;
  const known = await store.releases.get(environment, release);
  return known && { release, commit: known.commit, liveSince: switched.at };
}
