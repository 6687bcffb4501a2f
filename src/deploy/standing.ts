import { messageOf, UserError } from "../model/errors.ts";
import { reasonOf } from "./journal.ts";
import { withRoom } from "./room.ts";
import type { Findings } from "./run.ts";
import type { DeployScene } from "./scene.ts";

const LOOK_LIMIT_MS = 10_000;

/** What a deploy that was taken back has come to. */
export interface Left {
  readonly state: "failed" | "rolled back";
  /** Users are answered by its release all the same. */
  readonly isLive: boolean;
  /** What people have to know who read that it failed. */
  readonly told: string | undefined;
}

/** The target knows which release answers users, whatever of the undoing went through. */
export async function leftAfterUndo(
  { target, environment }: Pick<DeployScene, "target" | "environment">,
  { found, before }: { readonly found: Findings; readonly before: { readonly id: string } | undefined },
): Promise<Left> {
  const id = found.release?.id;
  const status = await target.status(AbortSignal.timeout(LOOK_LIMIT_MS)).catch(() => undefined);
  const wasSwitched = found.switchedInMs !== undefined;
  if (status === undefined) {
    const told = `${id} may still be live: it could not be taken back; gonogo status --env ${environment.name} says which release answers`;
    return { state: "failed", isLive: false, told: wasSwitched ? told : undefined };
  }
  if (id === undefined || status.live !== id)
    return { state: wasSwitched && before ? "rolled back" : "failed", isLive: false, told: undefined };
  const why = before
    ? `it could not be taken back to ${before.id}`
    : "there is no earlier release to go back to";
  return { state: "failed", isLive: true, told: `${id} is live all the same: ${why}` };
}

/** For people, when something failed after a release went live for good: tidying up, or writing it down. */
export async function cutShort(
  scene: Pick<DeployScene, "doors" | "directory">,
  { live, thrown }: { readonly live: string | undefined; readonly thrown: unknown },
): Promise<string> {
  return `${live} is live; what was to follow could not be done: ${await withRoom(reasonOf(thrown), scene)}`;
}

/** Throws UserError that says what is live when that cannot be written down. */
export async function writtenDown<Value>(
  live: string | undefined,
  write: () => Promise<Value>,
): Promise<Value> {
  try {
    return await write();
  } catch (thrown) {
    throw new UserError(`${live} is live, which could not be written down: ${messageOf(thrown)}`, {
      fix: "mend that; the next deploy or rollback writes it down",
      cause: thrown,
    });
  }
}
