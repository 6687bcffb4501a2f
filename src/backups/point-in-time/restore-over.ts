import { UserError } from "../../model/errors.ts";
import { liveServer } from "../live-database.ts";
import { nameBeside } from "../name-beside.ts";
import { asideName } from "../restore-live.ts";
import type { BackupScene } from "../scene.ts";
import type { Base } from "./archive.ts";
import { recoverableComponent, restoreIncoming, type ToTimeRequest } from "./restore-to-time.ts";
import { stampOf } from "./segments.ts";

export interface OverRequest extends Omit<ToTimeRequest, "into" | "name"> {
  /** Backs up what is live and proves it; throws when that is not good. Called when the copy of the time is there. */
  backUpLive(): Promise<void>;
}

/** Name of the database that is live. Throws UserError. */
export async function liveNameOf(scene: BackupScene, component: string | undefined): Promise<string> {
  return (await liveServer(scene, recoverableComponent(scene, component))).database;
}

/**
 * Restores a time beside the live database and, only when the copy agrees with the recovered server and what is live
 * was backed up, exchanges the two. The former live database stays under the name `aside`. Throws UserError when the
 * copy differs.
 */
export async function restoreOverToTime(
  scene: BackupScene,
  request: OverRequest,
): Promise<{ readonly base: Base; readonly database: string; readonly aside: string }> {
  const component = recoverableComponent(scene, request.component);
  const server = await liveServer(scene, component);
  const live = server.database;
  const { base, problems, incoming } = await restoreIncoming(scene, {
    ...request,
    component: component.name,
  });
  try {
    if (problems.length > 0) {
      const stamp = stampOf(scene.doors.clock.now()).toLowerCase();
      const name = nameBeside(live, `_differing_at_${stamp}`);
      await incoming.publish(name);
      throw new UserError(
        `the copy differs from the recovered server: ${problems.map(({ what }) => what).join("; ")}`,
        { fix: `look at the copy in ${name}; the live database was not touched` },
      );
    }
    await request.backUpLive();
    const aside = asideName(live, scene);
    await incoming.replaceLive(aside);
    return { base, database: live, aside };
  } catch (thrown) {
    // In the way of the next attempt, which recovers anew.
    await incoming.drop();
    throw thrown;
  }
}
