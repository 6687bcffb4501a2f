import type { Clock } from "../model/doors.ts";
import { formatDuration } from "../model/duration.ts";
import { UserError } from "../model/errors.ts";
import type { LeaseHolder } from "../model/target.ts";
import { hasEnded, type LocalProcess } from "./instances/process-table.ts";
import type { StateFolder } from "./state-folder.ts";
import { createTurns } from "./turns.ts";

export const LEASE_MS = 5_000;

interface Held extends LeaseHolder {
  readonly token: string;
  readonly process?: LocalProcess | undefined;
}

/** The request came with a lease that is not the one held now. */
export class LeaseLost extends UserError {}

/** One lease for the environment. Whoever stops renewing it loses it. */
export interface LeaseBook {
  acquire(request: {
    token: string;
    owner: string;
    purpose: string;
    steal?: string | undefined;
    /** The command that asks, where it runs on this machine: its lease ends with it. */
    process?: LocalProcess | undefined;
  }): Promise<void>;
  renew(token: string, step: string | undefined): Promise<void>;
  release(token: string): Promise<void>;
  /** Gives no lease any more, for everything ends. Throws as `acquire` does while somebody holds one. Idempotent. */
  close(owner: string): Promise<void>;
  /** Throws LeaseLost unless this token holds it. */
  require(token: string): void;
  holder(): LeaseHolder | undefined;
}

interface LeaseOptions {
  readonly clock: Clock;
  readonly state: StateFolder;
  tell(message: string): void;
  /** Awaited after a lease ended, however it did, and before the next one is given. */
  onEnd(): Promise<void>;
}

export async function openLeaseBook({ clock, state, tell, onEnd }: LeaseOptions): Promise<LeaseBook> {
  const before = await state.read<Held>("lease");
  // While no agent ran nobody could renew: a holder who is alive gets its whole time again.
  let held = before && { ...before, expiresAt: clock.now() + LEASE_MS };
  let isClosed = false;
  const inTurn = createTurns();
  let isSettled = true;
  let trouble: string | undefined;

  /** What could not be settled (a full disk) is tried again by itself, and by whoever comes next. */
  async function settle(): Promise<void> {
    await inTurn(async () => {
      if (isSettled) return;
      await state.remove("lease");
      await onEnd();
      isSettled = true;
    });
  }

  async function end(how: string): Promise<void> {
    if (!held) return;
    tell(`the lease of ${held.owner} (${held.purpose}, step ${held.step || "none"}) ${how}`);
    held = undefined;
    isSettled = false;
    await settle();
  }

  async function expire(): Promise<void> {
    while (!isClosed) {
      await clock.delay(held ? Math.max(20, held.expiresAt - clock.now()) : 250);
      if (isClosed) return;
      const isOver = held !== undefined && held.expiresAt <= clock.now();
      await (isOver ? end("expired") : settle()).then(settled, unsettled);
    }
  }

  function settled(): void {
    trouble = undefined;
  }

  /** Told once, however often it is tried again. */
  function unsettled(thrown: Error): void {
    if (thrown.message !== trouble) tell(`settling failed: ${thrown.message}`);
    trouble = thrown.message;
  }
  void expire();

  /** A command that is known to be dead does not come back within its lease's time. */
  async function endOfTheDead(): Promise<void> {
    const { process } = held ?? {};
    if (process && hasEnded(process)) await end(`ended: process ${process.pid} is gone`);
  }

  function require(token: string): Held {
    if (held?.token === token) return held;
    const now = held ? `${held.owner} holds it now (${held.purpose})` : "nobody holds it now";
    throw new LeaseLost(`the lease is lost: ${now}`, { fix: "run the command again" });
  }

  return {
    async acquire({ token, owner, purpose, steal, process }) {
      if (held?.token === token) return;
      await endOfTheDead();
      if (held && (isClosed || steal === undefined)) throw refusal(held, clock.now());
      if (held) await end(`was taken over by ${owner}: ${steal}`);
      await settle();
      if (held) throw refusal(held, clock.now());
      const since = clock.now();
      held = { token, owner, purpose, since, step: "", expiresAt: since + LEASE_MS, process };
      await state.write("lease", held).catch((thrown) => {
        held = undefined;
        throw thrown;
      });
    },
    async renew(token, step) {
      const mine = require(token);
      const isNewStep = step !== undefined && step !== mine.step;
      held = { ...mine, step: step ?? mine.step, expiresAt: clock.now() + LEASE_MS };
      if (isNewStep) await state.write("lease", held);
    },
    async release(token) {
      if (held?.token === token) await end("was given back");
    },
    async close(owner) {
      if (isClosed) return;
      await endOfTheDead();
      await settle();
      if (held) throw refusal(held, clock.now());
      isClosed = true;
      const since = clock.now();
      // Not written down: should this agent not come to its end, the next one has nobody's lock.
      held = { token: "", owner, purpose: "stop", since, step: "", expiresAt: since + LEASE_MS };
    },
    require: (token) => void require(token),
    holder() {
      if (!held) return undefined;
      const { token: _, process: __, ...told } = held;
      return told;
    },
  };
}

function refusal({ owner, purpose, since, step }: Held, now: number): UserError {
  const at = new Date(since).toISOString().slice(11, 19);
  const where = step === "" ? "" : `, at step "${step}"`;
  return new UserError(
    `${owner} holds the lock for ${purpose} since ${at} UTC (${formatDuration(now - since)} ago)${where}`,
    { fix: "wait until it is done; it is freed by itself within seconds when its command is dead" },
  );
}
