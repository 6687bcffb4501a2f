import type { Clock } from "../model/doors.ts";
import { formatDuration } from "../model/duration.ts";
import { UserError } from "../model/errors.ts";

/** Who watches an environment. Times in milliseconds since 1970 UTC. */
export interface Watcher {
  /** "ada@laptop" */
  readonly who: string;
  readonly pid: number;
  readonly since: number;
  /** When it last said that it lives. */
  readonly seen: number;
}

export type Me = Pick<Watcher, "who" | "pid">;

/** Held by the one watcher of an environment until disposed. */
export interface WatchLock extends Pick<Watcher, "who" | "pid" | "since">, AsyncDisposable {
  /** Aborted when it is held no more although nobody let go: somebody else may watch already. */
  readonly lost: AbortSignal;
  /** To be awaited before anything is told or kept: does not go on in a process that has been taken over from. */
  expectHeld(): Promise<void>;
}

/** How long a watcher may stand still before somebody else may take over, and how often it says that it lives. */
export interface WatchLease {
  readonly leaseMs: number;
  readonly beatMs: number;
}

/** A watch under the heaviest load was seen to be 5 s late. */
export const WATCH_LEASE: WatchLease = { leaseMs: 15_000, beatMs: 2_500 };

/** A watcher that stood still longer than its lease, and whose place somebody else has taken. */
export class TakenOver extends UserError {
  constructor({ stoodMs, by }: { stoodMs: number; by: Watcher | undefined }) {
    const who = by ? `${by.who} (process ${by.pid}) watches now` : "somebody else may watch now";
    super(
      `this process stood still for ${formatDuration(stoodMs)}, and ${who}: nothing more is sent from here`,
      {
        fix: "start it again when the other one has ended; the log of this machine says why it stood still",
      },
    );
  }
}

export function inUse(holder: Watcher | undefined, { leaseMs }: WatchLease): UserError {
  if (!holder) return new UserError("another process watches it already", { fix: END_FIRST });
  const { who, pid, since, seen } = holder;
  const iso = (at: number): string => new Date(at).toISOString();
  return new UserError(
    `${who} watches it already, process ${pid}, since ${iso(since)}, last seen ${iso(seen)}`,
    {
      fix: `${END_FIRST}; one that stands still can be taken over from ${formatDuration(leaseMs)} after it was last seen`,
    },
  );
}

const END_FIRST = "end that one first, or leave it be: two would ask and tell everything twice";

/**
 * Says every `beatMs` that this watcher lives, and knows by two clocks how long ago it last could: the monotonic one
 * is not put forward or back, the other goes on while a machine sleeps. `beat` throws TakenOver when the place is lost.
 */
export function keepLease(request: {
  readonly lease: WatchLease;
  readonly clock: Clock;
  readonly lost: AbortController;
  readonly beat: (stoodMs: number) => Promise<void>;
}): Pick<WatchLock, "expectHeld"> & { stoodMs(): number; end(): void } {
  const { lease, clock, lost, beat } = request;
  const stop = new AbortController();
  let last = { now: clock.now(), monotonic: clock.monotonicMs() };
  const stoodMs = (): number => Math.max(clock.monotonicMs() - last.monotonic, clock.now() - last.now);

  async function say(): Promise<void> {
    const moment = { now: clock.now(), monotonic: clock.monotonicMs() };
    try {
      await beat(stoodMs());
      last = moment;
    } catch (thrown) {
      // A store that does not answer is told by whoever writes to it.
      if (thrown instanceof TakenOver && !lost.signal.aborted) lost.abort(thrown);
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted && !lost.signal.aborted) {
      await clock.delay(lease.beatMs, stop.signal).catch(() => undefined);
      if (!stop.signal.aborted && !lost.signal.aborted) await say();
    }
  }

  void run();
  return {
    stoodMs,
    async expectHeld() {
      if (!lost.signal.aborted && stoodMs() > lease.leaseMs / 2) await say();
      // Not known to be held: that waits, until it is or until it is known to be lost.
      while (!lost.signal.aborted && stoodMs() > lease.leaseMs) {
        await clock.delay(lease.beatMs / 10, lost.signal).catch(() => undefined);
        if (!lost.signal.aborted) await say();
      }
      if (lost.signal.reason instanceof TakenOver) await new Promise(() => undefined);
    },
    end: () => stop.abort(),
  };
}
