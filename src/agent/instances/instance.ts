import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../../model/doors.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import type { InstanceState, InstanceStatus } from "../../model/runtime.ts";
import type { StateFolder } from "../state-folder.ts";
import { isFree } from "./free-port.ts";
import type { HealthAnswer } from "./health-probe.ts";
import type { InstancePlan } from "./instance-plan.ts";
import { watchLimits } from "./limits.ts";
import { holderOfPort } from "./listening-ports.ts";
import { note } from "./log-file.ts";
import type { PortBook } from "./port-book.ts";
import { type ReadinessListener, watchReadiness } from "./readiness.ts";
import { adoptProcess, type Exit, type RunningProcess, startProcess } from "./running-process.ts";
import { type SteadyAnswer, steadyAnswer } from "./steady-answer.ts";

/** What instances stand on. */
export interface Ground {
  readonly clock: Clock;
  readonly state: StateFolder;
  readonly ports: PortBook;
  /** A line in the agent's own log. */
  tell(message: string): void;
}

/** On disk, so that the next agent finds the process. */
export interface InstanceRecord {
  readonly pid: number;
  readonly startedTicks: string;
  readonly port: number | undefined;
  readonly startedAt: number;
  readonly restarts: number;
  readonly ready: boolean;
}

export interface Instance {
  readonly plan: InstancePlan;
  status(): InstanceStatus;
  lastProbe(): HealthAnswer | undefined;
  /** Milliseconds for which the process that starts has answered what no waiting changes. */
  refusedMs(): number;
  /** Processes that ended since one of them was steady. */
  failures(): number;
  /** Starts it, or takes charge of the process in the record when that still runs. */
  start(record?: InstanceRecord): void;
  /** Gracefully, then by force. Resolves when nothing of it runs. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
const STEADY_AFTER_MS = 60_000;

/** Keeps one process running until it is told to stop. */
export function createInstance(plan: InstancePlan, ground: Ground): Instance {
  const { clock, state, ports, tell } = ground;
  const entry = `instances/${plan.key}`;
  const stopAsked = new AbortController();
  const seen: Seen = { state: "stopped", restarts: 0, failures: 0 };
  let current: RunningProcess | undefined;
  let finished: Promise<void> = Promise.resolve();

  function become(next: InstanceState): void {
    if (next === seen.state) return;
    seen.state = next;
    if (next === "ready") seen.readySince ??= clock.monotonicMs();
    plan.onChange();
  }

  async function remember(): Promise<void> {
    const { port, startedAt, restarts, readySince } = seen;
    if (!current || startedAt === undefined) return;
    const record: InstanceRecord = {
      ...current.identity,
      port,
      startedAt,
      restarts,
      ready: readySince !== undefined,
    };
    await state.write(entry, record).catch((thrown) => tell(messageOf(thrown)));
  }

  async function begin(): Promise<RunningProcess> {
    if (plan.readiness.by === "heartbeat") {
      await mkdir(dirname(plan.readiness.file), { mode: 0o700 }).catch(() => undefined);
      await rm(plan.readiness.file, { force: true });
    }
    seen.port = plan.port === "any" ? await ports.take(seen.port) : plan.port;
    if (typeof plan.port === "number" && !(await isFree(plan.port))) throw portTaken(plan.port);
    seen.memoryBytes = undefined;
    seen.heartbeatAt = undefined;
    seen.startedAt = clock.now();
    seen.answer = steadyAnswer();
    return await startProcess({ ...plan.command(seen.port), logFile: plan.logFile }, clock);
  }

  function adopt(record: InstanceRecord): RunningProcess | undefined {
    const running = adoptProcess({ pid: record.pid, startedTicks: record.startedTicks }, clock);
    seen.port = record.port;
    seen.restarts = running ? record.restarts : record.restarts + 1;
    if (!running) return undefined;
    if (plan.port === "any" && record.port !== undefined) ports.keep(record.port);
    seen.startedAt = record.startedAt;
    return running;
  }

  /** Until the process has ended and nothing of its group is left. */
  async function attend(running: RunningProcess, wasReady: boolean): Promise<void> {
    const watching = new AbortController();
    current = running;
    seen.readySince = undefined;
    become(wasReady ? "ready" : "starting");
    await remember();
    watch(running, wasReady, watching.signal);
    if (stopAsked.signal.aborted) void running.stop(plan.stopSignal, plan.stopGraceMs);
    seen.lastExit = await running.exited;
    watching.abort();
    // The rest of its group: children must not keep the port or the work of a parent that is gone.
    if (seen.state !== "stopping") become("backing off");
    await running.stop(plan.stopSignal, plan.stopGraceMs);
    current = undefined;
  }

  function watch(running: RunningProcess, wasReady: boolean, signal: AbortSignal): void {
    const recycle = (reason: string): void => {
      if (seen.state === "stopping" || signal.aborted) return;
      tell(`${plan.key} ${reason}: restarting it`);
      void note(plan.logFile, `${reason}: restarting it`);
      void endGently(running);
    };
    const listener: ReadinessListener = {
      ready() {
        if (seen.state !== "starting" && seen.state !== "unhealthy") return;
        become("ready");
        void remember();
      },
      unwell(reason) {
        if (seen.state !== "ready") return;
        tell(`${plan.key} is unwell: ${reason}`);
        become("unhealthy");
      },
      hopeless: recycle,
      probed(result) {
        seen.lastProbe = result;
        seen.answer?.see(result);
      },
      heartbeat(at) {
        seen.heartbeatAt = at;
      },
    };
    const { port, startedAt = clock.now() } = seen;
    void watchReadiness({ ...plan, port, startedAt, wasReady, listener, clock, signal });
    void watchLimits({
      ...plan,
      pid: running.identity.pid,
      clock,
      signal,
      onMemory(bytes) {
        seen.memoryBytes = bytes;
      },
      onTooMuchMemory: recycle,
      onTrouble: tell,
    });
    // A little later than the gate of a staged release, which then has the last word.
    void clock.delay(plan.startTimeoutMs + 1_000, signal).then(
      () => seen.state === "starting" && recycle(`was not ready within ${plan.startTimeoutMs} ms`),
      () => undefined,
    );
  }

  async function endGently(running: RunningProcess): Promise<void> {
    become("stopping");
    const serves = seen.readySince !== undefined && seen.port !== undefined;
    if (serves) await plan.drain?.(seen.port as number, plan.stopGraceMs);
    await running.stop(plan.stopSignal, plan.stopGraceMs);
  }

  async function keepRunning(record: InstanceRecord | undefined): Promise<void> {
    let adopted = record && adopt(record);
    while (!stopAsked.signal.aborted) {
      try {
        const wasReady = adopted !== undefined && record?.ready === true;
        const running = adopted ?? (await begin());
        adopted = undefined;
        await attend(running, wasReady);
      } catch (thrown) {
        tell(`${plan.key}: ${messageOf(thrown)}`);
        await note(plan.logFile, messageOf(thrown));
        seen.lastExit = { code: null, signal: null, at: clock.now() };
      }
      if (plan.port === "any" && seen.port !== undefined) ports.giveBack(seen.port);
      if (!stopAsked.signal.aborted) await backOff();
    }
    await state.remove(entry).catch((thrown) => tell(messageOf(thrown)));
    if (plan.readiness.by === "heartbeat") await rm(plan.readiness.file, { force: true });
    become("stopped");
  }

  async function backOff(): Promise<void> {
    const { readySince, lastExit } = seen;
    const wasSteady = readySince !== undefined && clock.monotonicMs() - readySince >= STEADY_AFTER_MS;
    seen.restarts += 1;
    seen.failures = wasSteady ? 1 : seen.failures + 1;
    seen.readySince = undefined;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (seen.failures - 1));
    become("backing off");
    const how =
      lastExit?.signal ?? (lastExit?.code == null ? "in an unknown way" : `with code ${lastExit.code}`);
    tell(`${plan.key} ended ${how}: starting it again in ${pauseMs} ms`);
    await clock.delay(pauseMs, stopAsked.signal).catch(() => undefined);
  }

  return {
    plan,
    start(record) {
      finished = keepRunning(record);
    },
    async stop() {
      stopAsked.abort();
      if (current) await endGently(current);
      await finished;
    },
    lastProbe: () => seen.lastProbe,
    refusedMs: () => (seen.state === "starting" ? (seen.answer?.heldMs() ?? 0) : 0),
    failures: () => seen.failures,
    status: () => ({
      release: plan.release,
      process: plan.process,
      index: plan.index,
      state: seen.state,
      pid: current?.identity.pid,
      port: seen.port,
      startedAt: seen.startedAt,
      restarts: seen.restarts,
      memoryBytes: seen.memoryBytes,
      heartbeatAt: seen.heartbeatAt,
      lastExit: seen.lastExit,
    }),
  };
}

/** Somebody else's answers on the port would pass for those of this process. */
function portTaken(port: number): UserError {
  const holder = holderOfPort(port);
  return new UserError(
    `port ${port} is taken${holder ? ` by process ${holder.pid} (${holder.command})` : ""}`,
  );
}

interface Seen {
  state: InstanceState;
  port?: number | undefined;
  startedAt?: number | undefined;
  /** Monotonic; of the process that runs now. */
  readySince?: number | undefined;
  restarts: number;
  failures: number;
  memoryBytes?: number | undefined;
  heartbeatAt?: number | undefined;
  lastExit?: Exit | undefined;
  lastProbe?: HealthAnswer | undefined;
  answer?: SteadyAnswer;
}
