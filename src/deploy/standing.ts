import { messageOf, UserError } from "../model/errors.ts";
import { reasonOf } from "./journal.ts";
import { withRoom } from "./room.ts";
import type { DeployScene } from "./scene.ts";

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
