import { requestsTo } from "../facts/http/requests.ts";
import type { Doors } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Address } from "../model/subject.ts";

/** Asks each path of a staged release once. Throws OutsideError for the first that answers 400 or more. */
export async function smoke(
  paths: readonly string[],
  { staged, doors, signal }: { staged: Address; doors: Pick<Doors, "http" | "clock">; signal: AbortSignal },
): Promise<void> {
  const address = { origin: staged.url, plainOrigin: undefined, host: undefined, ca: staged.ca };
  // A check a moment ago may have used up what the application allows one caller.
  const { send } = requestsTo({ doors, signal }, address, { patient: true });
  for (const path of paths) {
    const { status } = await send({ path });
    if (status >= 400) throw new OutsideError(`smoke: ${path} answered ${status}`);
  }
}
