import type { Clock } from "../model/doors.ts";
import { MARKER } from "./environment-variables.ts";
import type { InstanceRecord } from "./instance.ts";
import { keyOf } from "./instance-plan.ts";
import { isRunning, sessionLeadersMarked } from "./process-table.ts";
import { adoptProcess } from "./running-process.ts";

const GRACE_MS = 10_000;

/**
 * Ends programs of this state directory that nobody is in charge of: started in the instant in which an agent
 * was killed, before it could write that down, or left over from a release that is gone. Children that made a
 * session of their own belong to the instance they descend from and are left to it.
 */
export async function endStrays(
  stateDirectory: string,
  known: ReadonlyMap<string, Pick<InstanceRecord, "pid" | "startedTicks">>,
  clock: Clock,
): Promise<number> {
  const alive = new Set([...known].filter(([, record]) => isRunning(record)).map(([key]) => key));
  const strays = sessionLeadersMarked(`${MARKER}=${stateDirectory}`).filter(
    ({ environment }) => !alive.has(keyIn(environment)),
  );
  await Promise.all(strays.map(({ identity }) => adoptProcess(identity, clock)?.stop("SIGTERM", GRACE_MS)));
  return strays.length;
}

function keyIn(environment: readonly string[]): string {
  const read = (name: string): string =>
    environment.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  return keyOf(read("GONOGO_RELEASE"), read("GONOGO_PROCESS"), Number(read("GONOGO_INSTANCE")));
}
