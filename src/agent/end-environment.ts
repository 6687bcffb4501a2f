import { rm, rmdir } from "node:fs/promises";
import type { Clock } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { type AgentClient, pause } from "./client.ts";
import { isRunning } from "./instances/process-table.ts";
import { endAll, findStrays } from "./instances/stray-processes.ts";
import { agentProcesses, runningParent } from "./launch-parent.ts";
import { shortDirectory, socketPathOf } from "./socket-path.ts";

interface Ending {
  readonly stateDirectory: string;
  readonly agent: AgentClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const POLL_MS = 25;

/** Ends the agent with everything it runs; also what is left of one that is gone. Idempotent. */
export async function endEnvironment({ stateDirectory, agent, clock, signal }: Ending): Promise<void> {
  const parent = runningParent(stateDirectory);
  if (parent) {
    await agent.send("stop", {}, signal).catch((thrown: unknown) => {
      // An agent that cannot answer cannot end anything either: what it leaves is ended below.
      if (!(thrown instanceof OutsideError)) throw thrown;
      for (const { pid } of agentProcesses(stateDirectory)) process.kill(pid, "SIGKILL");
    });
    while (isRunning(parent)) await pause(POLL_MS, signal);
  }
  await endAll(findStrays(stateDirectory, new Map()), clock);
  await rm(socketPathOf(stateDirectory), { force: true });
  // Ours only while it holds somebody else's socket too; that is no mistake.
  await rmdir(shortDirectory()).catch(() => undefined);
}
