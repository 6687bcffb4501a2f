import { join } from "node:path";
import type { Process, Service } from "../../model/process.ts";
import { environmentOf, MARKER } from "../environment-variables.ts";
import type { ReleaseOnWire } from "../protocol.ts";
import type { Readiness } from "./readiness.ts";
import type { Command } from "./running-process.ts";

/** Where the agent keeps things, and what it tells programs. */
export interface Place {
  /** `<project>/.gonogo/<environment>/agent`. */
  readonly stateDirectory: string;
  /** Passed on from whoever started the agent. */
  readonly base: Readonly<Record<string, string>>;
  /** "soulseer.localhost:8443". */
  readonly publicHost: string;
}

/** What it takes to keep one process running. */
export interface InstancePlan {
  /** Names its entry in the state: "r7~api~0". */
  readonly key: string;
  readonly release: string;
  readonly process: string;
  readonly index: number;
  /** A fixed one, or one of the agent's choice, or none. */
  readonly port: number | "any" | undefined;
  readonly readiness: Readiness;
  readonly logFile: string;
  readonly stopSignal: NodeJS.Signals;
  readonly stopGraceMs: number;
  /** How long it may take to become ready before it is started anew. */
  readonly startTimeoutMs: number;
  readonly memoryLimitBytes: number | undefined;
  readonly logLimitBytes: number;
  command(port: number | undefined): Omit<Command, "logFile">;
  /** Awaited between taking it out of the rotation and signalling it. */
  drain?(port: number, limitMs: number): Promise<unknown>;
  /** Its state, port or readiness is another one. */
  onChange(): void;
}

type Callbacks = Pick<InstancePlan, "onChange" | "drain">;

const WORKER_START_MS = 60_000;
const SERVICE_START_MS = 120_000;
const SERVICE_LOG_BYTES = 10_485_760;
const RUNNING_FOR_MS = 2_000;

export function planInstance(
  given: Place & { readonly release: ReleaseOnWire; readonly process: Process; readonly index: number },
  callbacks: Callbacks,
): InstancePlan {
  const { release, process, index, stateDirectory } = given;
  const key = keyOf(release.id, process.name, index);
  const heartbeatFile = process.kind === "worker" ? join(stateDirectory, "heartbeats", key) : undefined;
  return {
    ...callbacks,
    key,
    release: release.id,
    process: process.name,
    index,
    port: process.kind === "web" ? "any" : undefined,
    readiness: readinessOf(process, heartbeatFile, given.publicHost),
    logFile: logFileOf(stateDirectory, { release: release.id, process: process.name, index }),
    stopSignal: "SIGTERM",
    stopGraceMs: process.stopGraceMs,
    startTimeoutMs: process.health?.startTimeoutMs ?? WORKER_START_MS,
    memoryLimitBytes: process.memoryLimitBytes,
    logLimitBytes: process.logLimitBytes,
    command: (port) => ({
      file: "/bin/sh",
      args: ["-c", lineFor(process.start ?? "")],
      cwd: release.directory,
      env: environmentOf({ ...given, port, heartbeatFile }),
    }),
  };
}

/** A supplied Postgres or Redis: outside any release, ready when its port answers. */
export function planService(
  service: Service,
  { stateDirectory, base }: Place,
  callbacks: Callbacks,
): InstancePlan {
  return {
    ...callbacks,
    key: keyOf("", service.name, 0),
    release: "",
    process: service.name,
    index: 0,
    port: service.port,
    readiness: { by: "port" },
    logFile: logFileOf(stateDirectory, { release: "", process: service.name, index: 0 }),
    stopSignal: service.stopSignal,
    stopGraceMs: service.stopGraceMs,
    startTimeoutMs: SERVICE_START_MS,
    memoryLimitBytes: undefined,
    logLimitBytes: SERVICE_LOG_BYTES,
    command: () => ({
      file: service.file,
      args: service.args,
      cwd: service.cwd,
      env: {
        ...base,
        ...service.env,
        GONOGO_RELEASE: "",
        GONOGO_PROCESS: service.name,
        GONOGO_INSTANCE: "0",
        [MARKER]: stateDirectory,
      },
      ...(service.uid === undefined ? {} : { uid: service.uid }),
      ...(service.gid === undefined ? {} : { gid: service.gid }),
    }),
  };
}

export function keyOf(release: string, process: string, index: number): string {
  return `${release}~${process}~${index}`;
}

export function logFileOf(
  stateDirectory: string,
  { release, process, index }: { release: string; process: string; index: number },
): string {
  return join(stateDirectory, "logs", release === "" ? "services" : release, `${process}.${index}.log`);
}

// What a shell does itself, or reads as more than one program.
const NOT_ONE_PROGRAM =
  /[;&|(){}\n`!]|^\s*([A-Za-z_]\w*=|(\.|:|\[|cd|case|command|eval|exec|exit|export|for|if|read|set|source|test|trap|ulimit|umask|unset|until|wait|while)(\s|$))/;

/** The shell steps aside for a single program, so that its exit code and its memory are the program's own. */
function lineFor(start: string): string {
  return start.trim() === "" || NOT_ONE_PROGRAM.test(start) ? start : `exec ${start}`;
}

function readinessOf(process: Process, heartbeatFile: string | undefined, host: string): Readiness {
  if (process.kind === "web") {
    return process.health ? { by: "http", health: process.health, host } : { by: "port" };
  }
  if (heartbeatFile !== undefined && process.heartbeatWithinMs !== undefined) {
    return { by: "heartbeat", file: heartbeatFile, withinMs: process.heartbeatWithinMs };
  }
  return { by: "running", forMs: RUNNING_FOR_MS };
}
