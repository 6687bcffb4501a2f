import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../../model/doors.ts";
import { messageOf, UserError } from "../../model/errors.ts";
import { identify, isRunning, membersOfGroup, type ProcessIdentity, treeOf } from "./process-table.ts";

export interface Exit {
  /** Null when a signal ended it, or when it was adopted: only a parent is told. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly at: number;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  /** The child itself writes here, so its output does not depend on the agent being alive. */
  readonly logFile: string;
}

/** A program in a session and process group of its own. It outlives the agent. */
export interface RunningProcess {
  readonly identity: ProcessIdentity;
  /** When its first process is gone; others of its group may still run until `stop`. */
  readonly exited: Promise<Exit>;
  /** Signals the whole group; SIGKILL after `graceMs`. Resolves when nothing of it is left. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<void>;
}

const ADOPTED_POLL_MS = 200;
const KILL_WAIT_MS = 5_000;

/** Throws UserError when the program cannot be started (no such directory, variables too large). */
export async function startProcess(command: Command, clock: Clock): Promise<RunningProcess> {
  if (!existsSync(command.cwd)) {
    throw new UserError(`cannot start ${command.file}: its directory was deleted`, { where: command.cwd });
  }
  mkdirSync(dirname(command.logFile), { recursive: true, mode: 0o700 });
  const log = openSync(command.logFile, "a", 0o600);
  try {
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env,
      detached: true,
      stdio: ["ignore", log, log],
      ...(command.uid === undefined ? {} : { uid: command.uid }),
      ...(command.gid === undefined ? {} : { gid: command.gid }),
    });
    child.unref();
    const exited = new Promise<Exit>((resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal, at: clock.now() }));
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    const pid = child.pid as number;
    // Already gone is fine: `exited` tells; the ticks then match no later process.
    const identity = identify(pid) ?? { pid, startedTicks: "gone at once" };
    return control(identity, exited, clock);
  } catch (thrown) {
    throw new UserError(`cannot start ${command.file}: ${messageOf(thrown)}`, { where: command.cwd });
  } finally {
    closeSync(log);
  }
}

/** Takes charge of a process that an earlier agent started; undefined when it is gone. */
export function adoptProcess(identity: ProcessIdentity, clock: Clock): RunningProcess | undefined {
  if (!isRunning(identity)) return undefined;
  return control(identity, awaitEnd(identity, clock), clock);
}

async function awaitEnd(identity: ProcessIdentity, clock: Clock): Promise<Exit> {
  while (isRunning(identity)) await clock.delay(ADOPTED_POLL_MS);
  return { code: null, signal: null, at: clock.now() };
}

function control(identity: ProcessIdentity, exited: Promise<Exit>, clock: Clock): RunningProcess {
  const { pid } = identity;
  let stopping: Promise<void> | undefined;

  async function stop(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    // Children that made a session of their own are not in the group: they are found by descent, while it lasts.
    const strays = treeOf(pid).flatMap((each) => identify(each) ?? []);
    const isLeft = (): boolean => isRunning(identity) || membersOfGroup(pid).length > 0;
    // A group keeps its number from being reused while it has members; an empty one may be another's by now.
    const signalGroup = (name: NodeJS.Signals): void => {
      if (isRunning(identity) || identify(pid) === undefined) signalOne(-pid, name);
    };
    signalGroup(signal);
    await until(() => !isLeft(), graceMs, clock);
    const left = strays.filter(isRunning);
    if (!isLeft() && left.length === 0) return;
    signalGroup("SIGKILL");
    for (const each of left) signalOne(each.pid, "SIGKILL");
    await until(() => !isLeft() && !left.some(isRunning), KILL_WAIT_MS, clock);
  }

  return {
    identity,
    exited,
    stop(signal, graceMs) {
      stopping ??= stop(signal, graceMs);
      return stopping;
    },
  };
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "ESRCH") throw thrown;
  }
}

async function until(isDone: () => boolean, limitMs: number, clock: Clock): Promise<void> {
  const deadline = clock.monotonicMs() + limitMs;
  for (let pauseMs = 5; !isDone() && clock.monotonicMs() < deadline; pauseMs = Math.min(100, pauseMs * 2)) {
    await clock.delay(pauseMs);
  }
}
