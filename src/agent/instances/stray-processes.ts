import type { Clock } from "../../model/doors.ts";
import { MARKER } from "../environment-variables.ts";
import { keyOf } from "./instance-plan.ts";
import { isRunning, type ProcessIdentity, sessionLeadersMarked } from "./process-table.ts";
import { adoptProcess } from "./running-process.ts";

const GRACE_MS = 10_000;

/**
 * Programs of this state directory that no entry leads to: started in the instant in which an agent was killed,
 * before it could write that down. Children that made a session of their own belong to the instance they descend
 * from and are left to it.
 */
export function findStrays(
  stateDirectory: string,
  known: ReadonlyMap<string, ProcessIdentity>,
): ProcessIdentity[] {
  const alive = new Set([...known].filter(([, identity]) => isRunning(identity)).map(([key]) => key));
  return sessionLeadersMarked(`${MARKER}=${stateDirectory}`)
    .filter(({ environment }) => !alive.has(keyIn(environment)))
    .map(({ identity }) => identity);
}

export async function endAll(processes: readonly ProcessIdentity[], clock: Clock): Promise<void> {
  await Promise.all(processes.map((identity) => adoptProcess(identity, clock)?.stop("SIGTERM", GRACE_MS)));
}

function keyIn(environment: readonly string[]): string {
  const read = (name: string): string =>
    environment.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  return keyOf(read("GONOGO_RELEASE"), read("GONOGO_PROCESS"), Number(read("GONOGO_INSTANCE")));
}
