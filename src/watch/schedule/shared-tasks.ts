import type { Clock } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import type { TaskLease, TaskLeaseBook } from "../../store/server/task-lease-book.ts";
import type { Scheduler, Task } from "./scheduler.ts";

/** A task and the monitors it gives readings of. */
interface SharedTask extends Task {
  readonly monitors: readonly string[];
}

export interface Share {
  readonly tasks: number;
  readonly of: number;
  /** Processes that ask, this one included. */
  readonly workers: number;
}

export interface SharedTasksRequest {
  readonly tasks: readonly SharedTask[];
  readonly scheduler: Scheduler;
  readonly book: TaskLeaseBook;
  readonly clock: Clock;
  readonly who: string;
  readonly pid: number;
  /** When each of these monitors was asked last, by whomever. */
  readonly lastAsked: (monitors: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Resolves when everybody can see when this process asked. */
  readonly flush: () => Promise<void>;
  readonly onTrouble: (text: string) => void;
  /** Told when this process asks more or fewer than before. */
  readonly onShare?: (share: Share) => void;
}

const LONGEST_LEASE_MS = 10_000;
const SHORTEST_LEASE_MS = 1_000;
/** What is left of an interval is for a machine that is busy. */
const LEASES_AN_INTERVAL = 3;
/** Of a lease: how often it is renewed, and how long a dead one's tasks wait at most before somebody takes them. */
const RENEWALS = 4;
/** What a dead worker left unasked is asked this soon by whoever takes it. */
const OVERDUE_WITHIN_MS = 1_000;

/**
 * How long a worker holds its tasks without a word: so short that what it held is asked again within two of its
 * intervals, although the worker may die the moment after a renewal and before its turn.
 */
function leaseMsOf(tasks: readonly Task[]): number {
  const shortest = Math.min(...tasks.map(({ everyMs }) => everyMs));
  return Math.max(SHORTEST_LEASE_MS, Math.min(LONGEST_LEASE_MS, Math.floor(shortest / LEASES_AN_INTERVAL)));
}

/** Schedules this process's fair share of the tasks, for as long as it can say in time that it lives. */
export function shareTasks(request: SharedTasksRequest): AsyncDisposable {
  const { tasks, scheduler, book, clock, who, pid, lastAsked, flush, onTrouble, onShare } = request;
  const leaseMs = leaseMsOf(tasks);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const held = new Set<string>();
  const underWay = new Set<string>();
  const ended = new AbortController();
  let lease: TaskLease | undefined;
  /** By this process's own clock, from before the server was asked: it never thinks longer of itself than others do. */
  let heldUntilMs = Number.NEGATIVE_INFINITY;
  let told = "";
  /** A turn failed halfway: the book may say of tasks that they are this process's which it does not ask. */
  let isUnsure = false;

  function drop(ids: readonly string[]): void {
    for (const id of ids) {
      scheduler.remove(id);
      held.delete(id);
    }
  }

  async function begin(ids: readonly string[]): Promise<void> {
    const taken = ids.flatMap((id) => byId.get(id) ?? []);
    const asked = await lastAsked(taken.flatMap(({ monitors }) => monitors));
    for (const task of taken) {
      const times = task.monitors.flatMap((monitor) => asked.get(monitor) ?? []);
      const lastAt = times.length === 0 ? undefined : Math.max(...times);
      // Left by somebody who has just died. What nobody asked for longer is spread: it may be everything.
      const isLeft = lastAt !== undefined && clock.now() - lastAt < 2 * task.everyMs;
      held.add(task.id);
      scheduler.add({
        ...task,
        lastAt,
        ...(isLeft && { soonMs: OVERDUE_WITHIN_MS }),
        // Whoever stood still for longer than its lease asks nothing: somebody else may do so already.
        run: () => (clock.monotonicMs() < heldUntilMs ? ask(task) : Promise.resolve()),
      });
    }
  }

  async function ask(task: SharedTask): Promise<void> {
    underWay.add(task.id);
    try {
      await task.run();
    } finally {
      underWay.delete(task.id);
    }
  }

  /** Of all it does not ask: what was taken may never have been answered, by a connection that broke. */
  async function giveBackUnasked(from: TaskLease): Promise<void> {
    await from.giveBack([...byId.keys()].filter((id) => !held.has(id)));
    isUnsure = false;
  }

  async function turn(): Promise<void> {
    if (!lease) {
      const from = clock.monotonicMs();
      lease = await book.enter({ who, pid, leaseMs });
      heldUntilMs = from + leaseMs;
    }
    const from = clock.monotonicMs();
    const alive = await lease.renew();
    if (!alive) {
      drop([...held]);
      lease = undefined;
      return await turn();
    }
    heldUntilMs = from + leaseMs;
    if (isUnsure) await giveBackUnasked(lease);
    const share = Math.ceil(tasks.length / alive.workers);
    const idle = [...held].filter((id) => !underWay.has(id));
    const surplus = idle.slice(0, Math.max(0, held.size - share));
    if (surplus.length > 0) {
      drop(surplus);
      // Whoever takes them looks when they were asked last; what is not written yet would be asked twice.
      await flush().catch(() => undefined);
      await lease.giveBack(surplus);
    } else if (held.size < share && alive.free > 0) {
      const others = tasks.flatMap(({ id }) => (held.has(id) ? [] : [id]));
      await begin(await lease.take(others, share - held.size));
    }
    const now = `${held.size} of ${alive.workers}`;
    if (now !== told) onShare?.({ tasks: held.size, of: tasks.length, workers: alive.workers });
    told = now;
  }

  async function run(): Promise<void> {
    let trouble: string | undefined;
    while (!ended.signal.aborted) {
      try {
        if (!lease) await book.declare([...byId.keys()]);
        await turn();
        trouble = undefined;
      } catch (thrown) {
        isUnsure = true;
        const reason = messageOf(thrown);
        if (reason !== trouble) onTrouble(`the asking cannot be shared: ${reason}`);
        trouble = reason;
      }
      await clock.delay(leaseMs / RENEWALS, ended.signal).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      ended.abort(new Error("the watch ends"));
      await running;
      drop([...held]);
      heldUntilMs = Number.NEGATIVE_INFINITY;
      await lease?.leave().catch(() => undefined);
    },
  };
}
