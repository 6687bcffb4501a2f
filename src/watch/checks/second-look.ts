import type { Clock } from "../../model/doors.ts";
import { durationMs } from "../../model/duration.ts";
import type { Reading, ReadingSink } from "../../model/monitor.ts";
import type { CheckRound } from "../monitors/monitors.ts";
import type { Task } from "../schedule/scheduler.ts";

/** What is down, or could not be told, and is asked seldom is asked again before its turn, so that an incident ends when the trouble does. */
export interface SecondLook extends ReadingSink {
  readonly task: Task;
}

type Asked = CheckRound["checks"][number];

interface Down {
  readonly round: CheckRound;
  readonly asked: Asked;
  waitMs: number;
  dueAt: number;
}

const LOOK_EVERY_MS = 2_000;
/** Doubles with each look that finds it down still, up to the check's own interval: some send a hundred requests. */
const FIRST_WAIT_MS = 60_000;

export function createSecondLook(options: {
  /** What was answered last, by this watcher or one before it. */
  readonly latest: readonly Reading[];
  readonly rounds: readonly CheckRound[];
  readonly clock: Clock;
  readonly ask: (round: CheckRound) => Promise<void>;
}): SecondLook {
  const { rounds, clock, ask } = options;
  const seldom = new Map(
    rounds
      .filter(({ everyMs }) => everyMs > FIRST_WAIT_MS)
      .flatMap((round) => round.checks.map((asked) => [asked.monitor.id, { round, asked }] as const)),
  );
  const componentOf = new Map(
    rounds.flatMap(({ component, checks }) => checks.map(({ monitor }) => [monitor.id, component] as const)),
  );
  const down = new Map<string, Down>();
  const downNow = new Set<string>();

  function take(readings: readonly Reading[]): void {
    for (const { monitor, state, at, tookMs } of readings) {
      const wasDown = downNow.has(monitor);
      if (state === "down") downNow.add(monitor);
      if (state === "up") downNow.delete(monitor);
      const known = seldom.get(monitor);
      if (known && state === "up") down.delete(monitor);
      // What could not be told in an outage is not to stay so for the hours until its turn.
      if (known && state !== "up") {
        const waitMs = down.get(monitor)?.waitMs ?? FIRST_WAIT_MS;
        down.set(monitor, { ...known, waitMs, dueAt: at + tookMs + waitMs });
      }
      if (wasDown && state === "up") recovered(componentOf.get(monitor) ?? monitor.split("/")[0] ?? "");
    }
  }

  /** What rests on it may be well again, too. */
  function recovered(component: string): void {
    for (const each of down.values()) {
      const { monitor } = each.asked;
      if (monitor.component === component || monitor.dependsOn.includes(component)) each.dueAt = 0;
    }
  }

  async function run(): Promise<void> {
    const now = clock.now();
    const due = [...down.values()].filter(({ dueAt }) => dueAt <= now);
    for (const each of due) {
      each.waitMs = Math.min(2 * each.waitMs, durationMs(each.asked.monitor.every));
      // Not once more while it is asked, nor soon when it gives no answer because it does not apply any more.
      each.dueAt = now + each.waitMs;
    }
    const byRound = Map.groupBy(due, ({ round }) => round);
    await Promise.all(
      [...byRound].map(([round, those]) => ask({ ...round, checks: those.map(({ asked }) => asked) })),
    );
  }

  // Its own turn may come in a day.
  take(options.latest);
  return { take, task: { id: "what is down, again", everyMs: LOOK_EVERY_MS, run } };
}
