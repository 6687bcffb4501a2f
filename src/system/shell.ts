import { type ChildProcess, spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { PassThrough } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { RunningProgram, Shell, ShellResult } from "../model/doors.ts";
import { messageOf, OutsideError } from "../model/errors.ts";
import { createOutputTail } from "./output-tail.ts";

const DEFAULT_OUTPUT_BYTES = 1_048_576;
/** SIGTERM to SIGKILL for a group that ran out of time. */
const KILL_GRACE_MS = 2_000;
/** A background child may hold the pipes open long after the program itself has ended. */
const DRAIN_GRACE_MS = 250;

/** Of a program that is only started: its last words. */
const STDERR_BYTES = 65_536;
const STDOUT_BYTES = 65_536;

type Command = Parameters<Shell["run"]>[0];

/** Programs get this process's environment and, over it, the command's own. */
export function openShell(): Shell & AsyncDisposable {
  const running = new Set<ChildProcess>();
  return {
    run: (command) => run(command, running),
    start: (command) => start(command, running),
    find,
    async [Symbol.asyncDispose]() {
      for (const child of running) signalGroup(child, "SIGKILL");
    },
  };
}

function run(command: Command, running: Set<ChildProcess>): Promise<ShellResult> {
  const [file, args] = programOf(command);
  const started = performance.now();
  const stdout = createOutputTail(command.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES);
  const stderr = createOutputTail(command.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES);
  if (command.signal?.aborted) {
    const { reason } = command.signal;
    return Promise.reject(
      new OutsideError(`${file} was not started: ${messageOf(reason)}`, { cause: reason }),
    );
  }
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
      ...(command.uid === undefined ? {} : { uid: command.uid }),
      ...(command.gid === undefined ? {} : { gid: command.gid }),
    });
    let timedOut = false;
    let killTimer: NodeJS.Timeout | undefined;
    let drainTimer: NodeJS.Timeout | undefined;
    const end = (): void => {
      signalGroup(child, "SIGTERM");
      killTimer ??= setTimeout(() => signalGroup(child, "SIGKILL"), KILL_GRACE_MS);
    };
    const timer =
      command.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            end();
          }, command.timeoutMs);
    const settle = (): void => {
      running.delete(child);
      clearTimeout(timer);
      clearTimeout(killTimer);
      clearTimeout(drainTimer);
      // Whatever ignored SIGTERM in a group that was told to end must not outlive its leader.
      if (killTimer) signalGroup(child, "SIGKILL");
      command.signal?.removeEventListener("abort", end);
    };
    running.add(child);
    command.signal?.addEventListener("abort", end, { once: true });
    listen(child.stdout, stdout, command.onOutput);
    listen(child.stderr, stderr, command.onOutput);
    child.stdin.on("error", () => undefined);
    child.stdin.end(command.input);
    child.on("error", (error) => {
      if (child.pid !== undefined) return;
      settle();
      reject(cannotStart(error, file, command.cwd));
    });
    let finished = false;
    const finish = (code: number | null, signal: string | null): void => {
      if (finished) return;
      finished = true;
      settle();
      child.stdout.destroy();
      child.stderr.destroy();
      const tookMs = performance.now() - started;
      resolve({ code, signal, stdout: stdout.text(), stderr: stderr.text(), tookMs, timedOut });
    };
    child.on("close", finish);
    child.on("exit", (code, signal) => {
      // A process that was busy for so long may have its last words still waiting: they are read before an immediate.
      drainTimer = setTimeout(() => setImmediate(finish, code, signal), DRAIN_GRACE_MS);
    });
  });
}

function start(command: Parameters<Shell["start"]>[0], running: Set<ChildProcess>): RunningProgram {
  const { file, args = [], cwd, env, uid, gid, signal } = command;
  const stderr = createOutputTail(STDERR_BYTES);
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  let killTimer: NodeJS.Timeout | undefined;
  let isOver = false;
  const end = (how: "SIGTERM" | "SIGINT" = "SIGTERM"): void => {
    // Its number may be another program's by now.
    if (isOver) return;
    signalGroup(child, how);
    killTimer ??= setTimeout(() => signalGroup(child, "SIGKILL"), KILL_GRACE_MS);
  };
  const onAbort = (): void => end();
  running.add(child);
  child.stdin.on("error", () => undefined);
  child.stderr.on("data", (chunk: Buffer) => stderr.add(chunk));
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) end();
  const ended = new Promise<Awaited<RunningProgram["ended"]>>((resolve, reject) => {
    child.on("error", (error) => {
      if (child.pid === undefined) reject(cannotStart(error, file, cwd));
    });
    child.on("close", (code, how) => resolve({ code, signal: how, stderr: stderr.text() }));
  }).finally(() => {
    isOver = true;
    running.delete(child);
    clearTimeout(killTimer);
    signal?.removeEventListener("abort", onAbort);
  });
  // Told to whoever awaits it; nobody has to.
  ended.catch(() => undefined);
  // Node reads away what nobody reads yet when a program ends; what was piped at once is kept.
  const stdout = child.stdout.pipe(new PassThrough({ highWaterMark: STDOUT_BYTES }));
  return { stdin: child.stdin, stdout, ended, end };
}

function programOf(command: Command): [string, readonly string[]] {
  if (command.file !== undefined) return [command.file, command.args ?? []];
  return ["/bin/sh", ["-c", command.line ?? ""]];
}

function listen(
  stream: NodeJS.ReadableStream,
  tail: { add(chunk: Buffer): void },
  onOutput: ((text: string) => void) | undefined,
): void {
  const decoder = new StringDecoder("utf8");
  stream.on("data", (chunk: Buffer) => {
    tail.add(chunk);
    onOutput?.(decoder.write(chunk));
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

function cannotStart(error: Error, file: string, cwd: string | undefined): OutsideError {
  const code = (error as NodeJS.ErrnoException).code;
  // Node blames the program when the working directory is what is missing.
  const place = cwd === undefined ? "" : ` in ${cwd}`;
  const why =
    code === "ENOENT" ? "no such program or directory" : code === "EACCES" ? "not executable" : code;
  return new OutsideError(`${file} could not be started${place}: ${why ?? messageOf(error)}`);
}

async function find(program: string, extra: readonly string[] = []): Promise<string | undefined> {
  if (isAbsolute(program)) return (await isExecutable(program)) ? program : undefined;
  const path = (process.env.PATH ?? "").split(delimiter).filter((each) => each !== "");
  for (const directory of [...path, ...extra]) {
    const candidate = join(directory, program);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
