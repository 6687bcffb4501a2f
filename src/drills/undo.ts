import type { DeployScene } from "../deploy/scene.ts";
import { messageOf } from "../model/errors.ts";
import { isHeld } from "./holder.ts";
import { findDrill } from "./registry.ts";
import { waitUntilWell } from "./wellness.ts";

/** The target gives up a dead holder's lock within five seconds, and what the holder had stopped starts again. */
const LEASE_LIMIT_MS = 15_000;
const BACK_LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 100;

/**
 * Brings back the former state of every drill whose command died half-way. Costs one look into the store when there
 * is none. Returns a sentence for each.
 */
export async function undoDrills(scene: DeployScene, signal: AbortSignal): Promise<string[]> {
  const { store, environment, doors } = scene;
  const told: string[] = [];
  for (const drill of await store.drills.list(environment.name, 20)) {
    if (drill.state !== "running" || (await isHeld(drill.mark, doors))) continue;
    if (!(await untilUnlocked(scene, drill.id, signal))) continue;
    const undone = await putBack();
    const unwell = await waitUntilWell(scene, BACK_LIMIT_MS);
    const reason = `${undone}${unwell === undefined ? "everything runs as before" : `not well yet: ${unwell}`}`;
    await store.drills.finish(environment.name, drill.id, "undone", reason);
    told.push(`${drill.id} (${drill.name}) broke off: its command was ended; ${reason}`);

    async function putBack(): Promise<string> {
      try {
        const text = await findDrill(drill.name)?.undo?.(scene, drill.mark, signal);
        return text === undefined ? "" : `${text}; `;
      } catch (thrown) {
        return `${messageOf(thrown)}; `;
      }
    }
  }
  return told;
}

/** False: somebody goes on renewing the lock, so the drill is being held after all. */
async function untilUnlocked(scene: DeployScene, purpose: string, signal: AbortSignal): Promise<boolean> {
  const { clock } = scene.doors;
  const deadline = clock.monotonicMs() + LEASE_LIMIT_MS;
  while (clock.monotonicMs() < deadline) {
    const { lease } = await scene.target.status(signal);
    if (lease?.purpose !== purpose) return true;
    await clock.delay(LOOK_EVERY_MS, signal);
  }
  return false;
}
