import type { Clock } from "../../model/doors.ts";
import { messageOf } from "../../model/errors.ts";
import { type Heartbeat, newHeartbeat } from "../../model/heartbeat.ts";
import type { Component, Launch } from "../../model/launch.ts";
import type { Monitor, Reading } from "../../model/monitor.ts";
import type { Process } from "../../model/process.ts";
import type { ScheduleStatus } from "../../model/runtime.ts";
import type { HeartbeatPolicy, HeartbeatTiming } from "../../model/watch-policy.ts";
import { createClockWatch } from "../clock-watch.ts";
import type { Task } from "../schedule/scheduler.ts";
import type { SurroundingsKeeper } from "../surroundings.ts";
import type { HeartbeatBook } from "./heartbeat-book.ts";
import { type Deafness, type HeartbeatRules, type HeartbeatSeen, judgeHeartbeat } from "./judgement.ts";

/** Judges what says by itself that it lives: declared heartbeats by their pings, schedules by what the agent saw. */
export interface HeartbeatWatch {
  readonly monitors: readonly Monitor[];
  readonly tasks: readonly Task[];
}

const LOOK_EVERY_MS = 5_000;
/** What did not change is said again this often. */
const REPEAT_MS = 60_000;

interface Judged {
  readonly monitor: Monitor;
  readonly rules: HeartbeatRules;
  /** Undefined: nothing is known of it now. */
  seen(): { readonly heartbeat: Heartbeat; readonly release: string | undefined } | undefined;
  readonly deaf: Deafness | undefined;
}

export function watchHeartbeats(request: {
  readonly launch: Launch;
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  readonly policies: readonly HeartbeatPolicy[];
  readonly book: HeartbeatBook;
  readonly surroundings: SurroundingsKeeper;
  readonly clock: Clock;
  /** When each monitor was last answered, by an earlier watcher. */
  readonly lastAt: ReadonlyMap<string, number>;
  readonly hand: (readings: readonly Reading[]) => void;
}): HeartbeatWatch {
  const { launch, dependencies, policies, book, surroundings, clock, lastAt, hand } = request;
  const startedAt = clock.now();
  const declared = policies.map((policy): Judged => {
    const monitor = pingMonitor(policy);
    const heardUntil = lastAt.get(monitor.id);
    return {
      monitor,
      rules: { timing: policy.timing, graceMs: policy.graceMs, longestRunMs: policy.graceMs },
      seen: () => {
        const heartbeat = book.get(policy.name);
        return heartbeat && { heartbeat, release: undefined };
      },
      // Schedules were seen by the agent meanwhile; pings that nobody took are gone.
      deaf: heardUntil === undefined ? undefined : { from: heardUntil, until: startedAt },
    };
  });
  const scheduled = launch.components.flatMap((component) =>
    (component.kind.processes?.(component.options, component.name) ?? []).flatMap((process): Judged[] => {
      const timing = timingOf(process);
      return timing
        ? [scheduleJudged(component, { process, timing, dependencies, surroundings, startedAt })]
        : [];
    }),
  );
  const all = [...declared, ...scheduled];
  const clockWatch = createClockWatch(clock);
  let jumped: Deafness | undefined;
  const said = new Map<string, { readonly state: Reading["state"]; readonly at: number }>();

  function look(): void {
    const now = clock.now();
    const jump = clockWatch.look();
    // Nothing can have been said in hours that never were.
    if (jump && jump.to > jump.from) jumped = { from: jump.from, until: jump.to };
    const stopped = surroundings.last?.stopped;
    if (stopped) {
      // What it should have said meanwhile is not missed once it is deployed again.
      jumped = { from: stopped.at, until: now };
      return;
    }
    const readings = all.flatMap(({ monitor, rules, seen, deaf }): Reading[] => {
      const found = seen();
      if (!found) return [];
      const judged = judge(found.heartbeat, { rules, now, deaf: jumped ?? deaf });
      const before = said.get(monitor.id);
      if (before?.state === judged.state && now - before.at < REPEAT_MS) return [];
      said.set(monitor.id, { state: judged.state, at: now });
      return [{ monitor: monitor.id, at: now, tookMs: 0, release: found.release, ...judged }];
    });
    if (readings.length > 0) hand(readings);
  }

  return {
    monitors: all.map(({ monitor }) => monitor),
    tasks: [
      {
        id: "heartbeats",
        everyMs: LOOK_EVERY_MS,
        run: async () => {
          if (all.length > 0) await surroundings.now().catch(() => undefined);
          look();
        },
      },
    ],
  };
}

/** A time zone that this machine does not know is no reason to hear nobody else. */
function judge(...asked: Parameters<typeof judgeHeartbeat>): HeartbeatSeen {
  try {
    return judgeHeartbeat(...asked);
  } catch (thrown) {
    return { state: "unknown", detail: `when it is due cannot be told: ${messageOf(thrown)}` };
  }
}

function timingOf({ schedule }: Process): HeartbeatTiming | undefined {
  if (schedule?.everyMs !== undefined) return { everyMs: schedule.everyMs };
  if (schedule?.cron === undefined) return undefined;
  return { cron: schedule.cron, timeZone: schedule.timeZone ?? "UTC" };
}

/** A run that is ended by its time-out has failed; one that begins a minute late has not. */
const SCHEDULE_GRACE_MS = 60_000;

function scheduleJudged(
  component: Component,
  given: {
    process: Process;
    timing: HeartbeatTiming;
    dependencies: ReadonlyMap<string, readonly string[]>;
    surroundings: SurroundingsKeeper;
    startedAt: number;
  },
): Judged {
  const { process, timing, dependencies, surroundings, startedAt } = given;
  const timeoutMs = process.schedule?.timeoutMs ?? SCHEDULE_GRACE_MS;
  return {
    monitor: {
      id: `${component.name}/heartbeat`,
      component: component.name,
      check: undefined,
      title: "It runs when it should and ends well",
      consequence: "What the job should have done is missing, and nobody is told.",
      fix: `see how it ended: gonogo logs ${component.name}`,
      severity: "P1",
      every: "5s",
      dependsOn: dependencies.get(component.name) ?? [],
      confirm: { failures: 1, successes: 1 },
    },
    rules: {
      timing,
      // Runs do not overlap: one that takes longer moves the next.
      graceMs: process.schedule?.graceMs ?? SCHEDULE_GRACE_MS,
      longestRunMs: timeoutMs + process.stopGraceMs + SCHEDULE_GRACE_MS,
    },
    seen: () => {
      const around = surroundings.last;
      const status = around?.status.schedules.find((each) => each.process === process.name);
      if (!around || !status) return undefined;
      const since = around.release?.createdAt ?? startedAt;
      return { heartbeat: heartbeatOf(status, since), release: around.release?.id };
    },
    deaf: undefined,
  };
}

function heartbeatOf(status: ScheduleStatus, since: number): Heartbeat {
  const { process, lastStartedAt, lastFinishedAt, lastExitCode } = status;
  const fresh = newHeartbeat(process, since);
  if (lastFinishedAt === undefined) return { ...fresh, startedAt: lastStartedAt };
  return {
    ...fresh,
    startedAt: lastStartedAt,
    endedAt: lastFinishedAt,
    endedWell: lastExitCode === 0,
    exitCode: lastExitCode,
  };
}

function pingMonitor({ name, severity }: HeartbeatPolicy): Monitor {
  return {
    id: `heartbeat/${name}`,
    component: "heartbeat",
    check: undefined,
    title: `${name} says that it ran, in time`,
    consequence: "A job that nobody sees has stopped.",
    fix: `see where ${name} runs why it did not call its address (gonogo serve says which), or failed`,
    severity,
    every: "5s",
    dependsOn: [],
    confirm: { failures: 1, successes: 1 },
  };
}
