import { rm, rmdir } from "node:fs/promises";
import type { Clock } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { type AgentClient, pause } from "./client.ts";
import { isRunning } from "./instances/process-table.ts";
import { endAll, findStrays } from "./instances/stray-processes.ts";
import { takeLaunchLock } from "./launch-lock.ts";
import { agentProcesses, runningParent } from "./launch-parent.ts";
import { shortDirectory, socketPathOf } from "./socket-path.ts";

interface Ending {
  readonly stateDirectory: string;
  readonly agent: AgentClient;
  /** Told to whoever wants the lock meanwhile. */
  readonly owner: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Done before anybody may start the environment again. */
  afterwards(): Promise<void>;
}

const POLL_MS = 25;
/** An agent that was killed while it ended everything is started again, and has to be told again. */
const ASK_AGAIN_MS = 2_000;

/**
 * Ends the agent with everything it runs; also what is left of one that is gone. Idempotent. Throws UserError, and has
 * ended nothing, while a command holds the environment's lock.
 */
export async function endEnvironment(ending: Ending): Promise<void> {
  const { stateDirectory, clock, signal } = ending;
  await using _ = await takeLaunchLock(stateDirectory, signal).catch(() => {
    signal.throwIfAborted();
    // On a disk that is full, or that may not be written, what runs is ended all the same.
    return undefined;
  });
  for (let parent = runningParent(stateDirectory); parent; parent = runningParent(stateDirectory)) {
    await askToEnd(ending);
    const askAgainAt = clock.monotonicMs() + ASK_AGAIN_MS;
    while (isRunning(parent) && clock.monotonicMs() < askAgainAt) await pause(POLL_MS, signal);
  }
  await endAll(findStrays(stateDirectory, new Map()), clock);
  await rm(socketPathOf(stateDirectory), { force: true });
  // Ours only while it holds somebody else's socket too; that is no mistake.
  await rmdir(shortDirectory()).catch(() => undefined);
  await ending.afterwards();
}

async function askToEnd({ stateDirectory, agent, owner, signal }: Ending): Promise<void> {
  await agent.send("stop", { owner }, signal).catch((thrown: unknown) => {
    // An agent that cannot answer cannot end anything either: what it leaves is ended afterwards.
    if (!(thrown instanceof OutsideError)) throw thrown;
    for (const { pid } of agentProcesses(stateDirectory)) killNow(pid);
  });
}

function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH") throw thrown;
  }
}
