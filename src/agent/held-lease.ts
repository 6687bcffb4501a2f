import type { Doors } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Lease } from "../model/target.ts";
import type { AgentClient } from "./client.ts";
import type { LocalProcess } from "./instances/process-table.ts";

interface Held {
  readonly agent: AgentClient;
  readonly doors: Pick<Doors, "clock" | "random">;
  readonly owner: string;
  readonly purpose: string;
  readonly steal: string | undefined;
  /** Of the command, where the agent can see it. */
  readonly process: LocalProcess | undefined;
  readonly signal: AbortSignal;
}

const RENEW_MS = 1_000;

/** Takes the lease and renews it every second until it is disposed of or lost. */
export async function holdLease(held: Held): Promise<Lease> {
  const { agent, doors, owner, purpose, steal, process, signal } = held;
  const token = doors.random.hex(16);
  const lost = new AbortController();
  const ended = new AbortController();
  await agent.send(
    "lease/acquire",
    { token, owner, purpose, ...(steal !== undefined && { steal }), ...(process && { process }) },
    signal,
  );

  async function renew(): Promise<void> {
    while (!ended.signal.aborted) {
      await doors.clock.delay(RENEW_MS, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
      try {
        await agent.send("lease/renew", { token }, ended.signal);
      } catch (thrown) {
        if (ended.signal.aborted) return;
        // The client was patient for as long as the lease lives: whatever kept it from being renewed, it is lost.
        return lost.abort(thrown);
      }
    }
  }
  void renew();

  async function release(): Promise<void> {
    if (ended.signal.aborted) return;
    ended.abort();
    lost.signal.throwIfAborted();
    await agent.send("lease/release", { token });
  }

  return {
    token,
    lost: lost.signal,
    async step(name) {
      await agent.send("lease/renew", { token, step: name }, lost.signal);
    },
    release,
    async [Symbol.asyncDispose]() {
      await release().catch((thrown: unknown) => {
        // Lost it is another's; out of reach it ends by itself, within seconds.
        if (!lost.signal.aborted && !(thrown instanceof OutsideError)) throw thrown;
      });
    },
  };
}
