import type { Clock } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import { createLagLog, type LagFigures } from "./lag.ts";
import { firstDelay } from "./phase.ts";
import { createTimingWheel } from "./timing-wheel.ts";

/** Something done again and again. What goes wrong is its own answer; one that rejects is left out this time. */
export interface Task {
  readonly id: string;
  readonly everyMs: number;
  /** When it was last done, before this watcher began; undefined: never. Milliseconds since 1970 UTC. */
  readonly lastAt?: number | undefined;
  /** How soon it is done when it is overdue; absent: within half a minute. */
  readonly soonMs?: number;
  run(): Promise<void>;
}

export interface SchedulerFigures {
  readonly tasks: number;
  readonly running: number;
  readonly waiting: number;
  /** Times a task was due while it still ran: it was left out. */
  readonly skipped: number;
  readonly lag: LagFigures;
}

export interface Scheduler {
  add(task: Task): void;
  /** What runs ends by itself and is not begun again. */
  remove(id: string): void;
  figures(): SchedulerFigures;
  /** Begins nothing any more; resolves when what runs has ended. */
  stop(): Promise<void>;
}

interface Planned {
  readonly task: Task;
  /** It runs, or waits for a place to run. */
  isBusy: boolean;
  isRemoved: boolean;
}

const TICK_MS = 20;
const TURN_MS = 20_000;
/** A question that is asked once a day and never was is asked within this time. */
const SOON_MS = 30_000;

/** Runs each task at its own phase of its interval, at most `parallel` at the same time. */
export function startScheduler(options: {
  readonly clock: Clock;
  readonly parallel: number;
  /** Told after every tick how long this process stood still before it, beyond the tick itself. */
  readonly onTick?: (stoodStillMs: number) => void;
  readonly onTrouble?: (text: string) => void;
}): Scheduler {
  const { clock, parallel, onTick, onTrouble } = options;
  const wheel = createTimingWheel<Planned>({
    startMs: clock.monotonicMs(),
    tickMs: TICK_MS,
    turnMs: TURN_MS,
  });
  const planned = new Map<string, Planned>();
  const waiting: { readonly plan: Planned; readonly dueMs: number }[] = [];
  const lag = createLagLog();
  const broken = new Map<string, string>();
  let running = 0;
  let skipped = 0;
  let isStopping = false;
  const stopped = Promise.withResolvers<void>();
  let lastTickMs = clock.monotonicMs();

  function begin(plan: Planned, dueMs: number): void {
    const now = clock.monotonicMs();
    lag.record(now - dueMs, now);
    running += 1;
    plan.task
      .run()
      .catch((thrown: unknown) => tellBroken(plan.task.id, messageOf(thrown)))
      .finally(() => {
        plan.isBusy = false;
        running -= 1;
        if (isStopping && running === 0) stopped.resolve();
      });
  }

  /** Once each: it comes back every few seconds. */
  function tellBroken(id: string, reason: string): void {
    if (broken.get(id) === reason) return;
    broken.set(id, reason);
    onTrouble?.(`"${id}" cannot be asked: ${reason}`);
  }

  function beginWaiting(): void {
    let begun = 0;
    for (const { plan, dueMs } of waiting) {
      if (running >= parallel) break;
      begun += 1;
      if (!plan.isRemoved) begin(plan, dueMs);
    }
    if (begun > 0) waiting.splice(0, begun);
  }

  function tick(): void {
    const now = clock.monotonicMs();
    onTick?.(Math.max(0, now - lastTickMs - TICK_MS));
    lastTickMs = now;
    for (const { item: plan, dueMs } of wheel.take(now)) {
      if (plan.isRemoved) continue;
      // From when it was due, not from now: lateness must not add up and bring all of them together.
      const { everyMs } = plan.task;
      wheel.add(plan, dueMs + everyMs * (Math.floor((now - dueMs) / everyMs) + 1));
      if (plan.isBusy) skipped += 1;
      else waiting.push({ plan, dueMs });
      plan.isBusy = true;
    }
    beginWaiting();
  }

  const timer = setInterval(tick, TICK_MS);

  return {
    add(task) {
      const plan: Planned = { task, isBusy: false, isRemoved: false };
      planned.set(task.id, plan);
      const delay = firstDelay({
        ...task,
        lastAt: task.lastAt,
        now: clock.now(),
        soonMs: task.soonMs ?? SOON_MS,
      });
      wheel.add(plan, clock.monotonicMs() + delay);
    },
    remove(id) {
      const plan = planned.get(id);
      if (plan) plan.isRemoved = true;
      planned.delete(id);
    },
    figures: () => ({
      tasks: planned.size,
      running,
      waiting: waiting.length,
      skipped,
      lag: lag.figures(),
    }),
    stop() {
      clearInterval(timer);
      isStopping = true;
      if (running === 0) stopped.resolve();
      return stopped.promise;
    },
  };
}
