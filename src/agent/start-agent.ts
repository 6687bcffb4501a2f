import type { Clock } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { createClient } from "./client.ts";
import { type Launched, launchParent } from "./launch-parent.ts";
import type { AgentStatus } from "./protocol.ts";
import { socketPathOf } from "./socket-path.ts";

const START_LIMIT_MS = 15_000;
/** After this long without an answer it is looked whether there is still somebody who could give one. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Starts the agent unless it runs already, and waits until it answers. One that ends just now, because somebody stops
 * the environment, is waited for and started anew. `hopeless`: why there is no sense in waiting.
 */
export async function startAgent(
  wanted: Launched,
  {
    clock,
    signal,
    hopeless = async () => undefined,
  }: { clock: Clock; signal: AbortSignal; hopeless?: () => Promise<Error | undefined> },
): Promise<AgentStatus> {
  const socketPath = socketPathOf(wanted.stateDirectory);
  const agent = createClient({ socketPath, clock, patienceMs: LOOK_AGAIN_MS });
  const deadline = clock.monotonicMs() + START_LIMIT_MS;
  for (;;) {
    await launchParent(wanted, signal);
    try {
      return await agent.send("status", {}, signal);
    } catch (thrown) {
      if (!(thrown instanceof OutsideError) || !thrown.retryable) throw thrown;
      const why = await hopeless();
      if (why) throw why;
      if (clock.monotonicMs() > deadline) throw thrown;
    }
  }
}
