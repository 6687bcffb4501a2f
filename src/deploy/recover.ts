import type { Release, ReleaseState } from "../model/release.ts";
import type { TargetStatus } from "../model/target.ts";
import type { Store } from "../store/store.ts";

/**
 * Brings the journal up with what really runs. The target settles a deploy whose command died by itself; this
 * writes down what came of it. Returns one sentence for each deploy that was found open.
 */
export async function recover(store: Store, environment: string, status: TargetStatus): Promise<string[]> {
  const told: string[] = [];
  for (const deploy of await store.deploys.list(environment, 20)) {
    if (deploy.state !== "running" || status.lease?.purpose === purposeOf(deploy)) continue;
    const steps = await store.deploys.steps(environment, deploy.id);
    const last = steps.at(-1)?.step ?? "lock";
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
