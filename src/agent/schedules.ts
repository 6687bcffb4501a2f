import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../model/errors.ts";
import type { Process } from "../model/process.ts";
import type { ScheduleStatus } from "../model/runtime.ts";
import { environmentOf } from "./environment-variables.ts";
import type { Ground } from "./instances/instance.ts";
import { keyOf, logFileOf, type Place } from "./instances/instance-plan.ts";
import { watchLimits } from "./instances/limits.ts";
import { note } from "./instances/log-file.ts";
import type { ProcessIdentity } from "./instances/process-table.ts";
import { adoptProcess, type RunningProcess, startProcess } from "./instances/running-process.ts";
import type { ReleaseOnWire } from "./protocol.ts";
import type { StateFolder } from "./state-folder.ts";

/** Runs the schedules of the live release, one run of each at a time, also across a switch. */
export interface Schedules {
  /** Later runs are this release's (undefined: there are none); a run in progress ends by itself. */
  follow(release: ReleaseOnWire | undefined): void;
  status(): readonly ScheduleStatus[];
  stop(): Promise<void>;
}

interface Run {
  readonly pid: number;
  readonly startedTicks: string;
  readonly release: string;
  readonly timeoutMs: number;
  readonly stopGraceMs: number;
}

interface Remembered {
  lastStartedAt?: number;
  lastFinishedAt?: number;
  lastExitCode?: number;
  lastTookMs?: number;
  /** In a row, up to the last run. */
  failures: number;
  running?: Run;
}

const LONGEST_TIMER_MS = 3_600_000;
// Only a parent learns an exit code, and the agent may be another one when the run ends: so it is written down.
const WRAPPER = 'sh -c "$1"; code=$?; echo $code > "$2"; exit $code';

/** Runs in progress as an earlier agent left them, by key. */
export async function runsOnDisk(state: StateFolder): Promise<ReadonlyMap<string, ProcessIdentity>> {
  const found = new Map<string, ProcessIdentity>();
  for (const [name, { running }] of await state.list<Remembered>("schedules")) {
    if (running) found.set(keyOf(running.release, name, 0), running);
  }
  return found;
}

export async function openSchedules(place: Place, { clock, state, tell }: Ground): Promise<Schedules> {
  const remembered = new Map<string, Remembered>();
  const nextAt = new Map<string, number>();
  const runs = new Map<string, { readonly process: RunningProcess; readonly done: Promise<void> }>();
  const beginning = new Set<Promise<void>>();
  let round = new AbortController();
  let followed: ReleaseOnWire | undefined;

  const of = (name: string): Remembered => {
    const known = remembered.get(name) ?? { failures: 0 };
    remembered.set(name, known);
    return known;
  };
  const remember = (name: string): Promise<void> =>
    state.write(`schedules/${name}`, of(name)).catch((thrown) => tell(messageOf(thrown)));
  const codeFileOf = (name: string): string => join(place.stateDirectory, "schedules", `${name}.code`);

  async function readCode(name: string): Promise<number | undefined> {
    const written = (await readFile(codeFileOf(name), "utf8").catch(() => "")).trim();
    return written === "" ? undefined : Number(written);
  }

  async function keepUp(release: ReleaseOnWire, process: Process, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await runs.get(process.name)?.done;
      const at = await nextRunAt(process.schedule, of(process.name).lastStartedAt, clock.now());
      if (at === undefined) return tell(`${process.name} will never run: ${process.schedule?.cron}`);
      nextAt.set(process.name, at);
      await waitUntil(at, signal);
      if (signal.aborted || runs.has(process.name)) continue;
      const begun = begin(release, process).catch(async (thrown) => {
        tell(`${process.name}: ${messageOf(thrown)}`);
        await finish(process.name, undefined);
      });
      beginning.add(begun);
      await begun.finally(() => beginning.delete(begun));
    }
  }

  async function waitUntil(at: number, signal: AbortSignal): Promise<void> {
    for (let left = at - clock.now(); left > 0 && !signal.aborted; left = at - clock.now()) {
      await clock.delay(Math.min(left, LONGEST_TIMER_MS), signal).catch(() => undefined);
    }
  }

  async function begin(release: ReleaseOnWire, process: Process): Promise<void> {
    const { name, schedule, stopGraceMs } = process;
    const logFile = logFileOf(place.stateDirectory, { release: release.id, process: name, index: 0 });
    const codeFile = codeFileOf(name);
    await rm(codeFile, { force: true });
    of(name).lastStartedAt = clock.now();
    const running = await startProcess(
      {
        file: "/bin/sh",
        args: ["-c", WRAPPER, "sh", process.start ?? "", codeFile],
        cwd: release.directory,
        env: environmentOf({
          ...place,
          release,
          process,
          index: 0,
          port: undefined,
          heartbeatFile: undefined,
        }),
        logFile,
      },
      clock,
    );
    const run: Run = {
      ...running.identity,
      release: release.id,
      timeoutMs: schedule?.timeoutMs ?? 60_000,
      stopGraceMs,
    };
    of(name).running = run;
    await remember(name);
    const watching = new AbortController();
    void watchLimits({
      ...process,
      pid: running.identity.pid,
      logFile,
      clock,
      signal: watching.signal,
      onMemory: () => undefined,
      onTooMuchMemory: (reason) => {
        void note(logFile, `${name} ${reason}: ending it`);
        void running.stop("SIGTERM", stopGraceMs);
      },
      onTrouble: tell,
    });
    void attend(name, running, run).finally(() => watching.abort());
  }

  function attend(name: string, process: RunningProcess, { timeoutMs, stopGraceMs }: Run): Promise<void> {
    const startedAt = of(name).lastStartedAt ?? clock.now();
    const late = new AbortController();
    void clock.delay(Math.max(0, startedAt + timeoutMs - clock.now()), late.signal).then(
      () => {
        tell(`${name} ran longer than ${timeoutMs} ms: ending it`);
        void process.stop("SIGTERM", Math.min(stopGraceMs, 5_000));
      },
      () => undefined,
    );
    const done = process.exited.then(async ({ code }) => {
      late.abort();
      await process.stop("SIGTERM", stopGraceMs);
      await finish(name, code ?? (await readCode(name)));
    });
    runs.set(name, { process, done });
    return done;
  }

  async function finish(name: string, code: number | undefined): Promise<void> {
    const entry = of(name);
    const at = clock.now();
    entry.lastFinishedAt = at;
    entry.lastTookMs = at - (entry.lastStartedAt ?? at);
    if (code === undefined) delete entry.lastExitCode;
    else entry.lastExitCode = code;
    entry.failures = code === 0 ? 0 : entry.failures + 1;
    delete entry.running;
    runs.delete(name);
    if (code !== 0) tell(`${name} ended with ${code === undefined ? "a signal" : `code ${code}`}`);
    await remember(name);
  }

  for (const [name, entry] of await state.list<Remembered>("schedules")) {
    remembered.set(name, entry);
    if (!entry.running) continue;
    const { running } = entry;
    const process = adoptProcess(running, clock);
    if (process) void attend(name, process, running);
    else await finish(name, await readCode(name));
  }

  return {
    follow(release) {
      if (release?.id === followed?.id) return;
      round.abort();
      round = new AbortController();
      followed = release;
      nextAt.clear();
      for (const process of release?.processes ?? []) {
        if (process.kind === "schedule" && release) void keepUp(release, process, round.signal);
      }
    },
    status: () =>
      (followed?.processes ?? [])
        .filter(({ kind }) => kind === "schedule")
        .map(({ name, schedule }) => {
          const { lastStartedAt, lastFinishedAt, lastExitCode, lastTookMs, failures } = of(name);
          return {
            process: name,
            everyMs: schedule?.everyMs,
            cron: schedule?.cron,
            lastStartedAt,
            lastFinishedAt,
            lastExitCode,
            lastTookMs,
            nextAt: nextAt.get(name),
            failures,
          };
        }),
    async stop() {
      round.abort();
      followed = undefined;
      await Promise.all(beginning);
      const ending = [...runs.values()];
      await Promise.all(
        ending.map(({ process, done }) => Promise.all([process.stop("SIGTERM", 10_000), done])),
      );
    },
  };
}

/** A schedule by interval that never ran is due now: whoever deploys wants to see it work, not wait for it. */
async function nextRunAt(
  schedule: Process["schedule"],
  lastStartedAt: number | undefined,
  now: number,
): Promise<number | undefined> {
  if (schedule?.everyMs !== undefined) {
    return lastStartedAt === undefined ? now : Math.max(now, lastStartedAt + schedule.everyMs);
  }
  if (schedule?.cron === undefined) return undefined;
  const { Cron } = await import("croner");
  const pattern = new Cron(schedule.cron, {
    paused: true,
    ...(schedule.timeZone === undefined ? {} : { timezone: schedule.timeZone }),
  });
  return pattern.nextRun(new Date(now))?.getTime();
}
