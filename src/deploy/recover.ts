import type { Step } from "../model/deploy.ts";
import type { Release, ReleaseState } from "../model/release.ts";
import type { TargetStatus } from "../model/target.ts";
import type { DeployScene } from "./scene.ts";

/** In these steps the command runs without the lock: it waits for it, or has given it back and writes down its result. */
const WITHOUT_LOCK: ReadonlySet<Step> = new Set(["lock", "unlock"]);
/** As long as it waits for the lock. */
const WITHOUT_LOCK_MS = 30_000;

/**
 * Brings the journal up with what really runs. The target settles a deploy whose command died by itself; this
 * writes down what came of it. Returns one sentence for each deploy that was found open.
 */
export async function recover(
  { store, environment: { name: environment }, doors }: Pick<DeployScene, "store" | "environment" | "doors">,
  status: TargetStatus,
): Promise<string[]> {
  const told: string[] = [];
  for (const deploy of await store.deploys.list(environment, 20)) {
    if (deploy.state !== "running" || status.lease?.purpose === purposeOf(deploy)) continue;
    const steps = await store.deploys.steps(environment, deploy.id);
    const { step: last, at } = steps.at(-1) ?? { step: "lock", at: deploy.startedAt };
    if (WITHOUT_LOCK.has(last) && doors.clock.now() - at < WITHOUT_LOCK_MS) continue;
    const reason = `its command ended during ${last}; ${status.live ?? "nothing"} is live`;
    await store.deploys.finish(environment, deploy.id, "interrupted", reason);
    told.push(`${deploy.kind} ${deploy.id} was interrupted: ${reason}`);
  }
  for (const release of await store.releases.list(environment, 20)) {
    const state = stateNow(release, status);
    if (state !== release.state) await store.releases.setState(environment, release.id, state);
  }
  return told;
}

/** What the target's lock says while this deploy holds it. */
export function purposeOf(deploy: { readonly kind: string; readonly id: string }): string {
  return `${deploy.kind} ${deploy.id}`;
}

/** What a release is by what runs, whatever the command that changed it came to write down. */
export function stateNow({ id, state }: Pick<Release, "id" | "state">, status: TargetStatus): ReleaseState {
  if (status.live === id) return "live";
  if (state === "live") return "replaced";
  if (state === "staged" && status.staged !== id && status.lease === undefined) return "failed";
  return state;
}
