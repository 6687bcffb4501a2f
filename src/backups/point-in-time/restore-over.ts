import { quoteIdentifier } from "../../components/postgres/identifiers.ts";
import { UserError } from "../../model/errors.ts";
import { exchange, liveServer } from "../live-database.ts";
import { asideName } from "../restore-live.ts";
import type { BackupScene } from "../scene.ts";
import type { Base } from "./archive.ts";
import { recoverableComponent, restoreToTime, type ToTimeRequest } from "./restore-to-time.ts";
import { stampOf } from "./segments.ts";

/** Whatever ended the restore, perhaps the caller. */
const DROP_LIMIT_MS = 30_000;

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
  // A name of its own: a copy that was restored beside may still be looked at.
  const name = `${live}_incoming_at_${stampOf(request.at).toLowerCase()}`;
  const { base, problems } = await restoreToTime(scene, { ...request, component: component.name, name });
  if (problems.length > 0) {
    throw new UserError(
      `the copy differs from the recovered server: ${problems.map(({ what }) => what).join("; ")}`,
      { fix: `look at the copy in ${name}; the live database was not touched` },
    );
  }
  try {
    await request.backUpLive();
    const aside = asideName(live, scene);
    await using session = await server.open(request.signal);
    await exchange(session, { live, restored: name, aside });
    return { base, database: live, aside };
  } catch (thrown) {
    // In the way of the next attempt, which recovers anew.
    await using session = await server.open(AbortSignal.timeout(DROP_LIMIT_MS));
    await session.query(`drop database if exists ${quoteIdentifier(name)} with (force)`);
    throw thrown;
  }
}
