import { stat } from "node:fs/promises";
import { connect } from "node:net";
import type { Clock } from "../../model/doors.ts";
import type { Process } from "../../model/process.ts";
import { quantity } from "../../model/quantity.ts";
import { type HealthAnswer, isHealthy, probe } from "./health-probe.ts";
import { isForEveryPath } from "./steady-answer.ts";

/** How one tells from outside that a program can do its work. */
export type Readiness =
  | { readonly by: "http"; readonly health: NonNullable<Process["health"]>; readonly host: string }
  /** The file is touched by the program itself, again at least every `withinMs`. */
  | { readonly by: "heartbeat"; readonly file: string; readonly withinMs: number }
  /** Its port accepts connections. */
  | { readonly by: "port" }
  /** Nothing better is declared: it has not ended for this long. */
  | { readonly by: "running"; readonly forMs: number };

export interface ReadinessListener {
  ready(): void;
  /** Was ready and is not now. */
  unwell(reason: string): void;
  /** Unwell for so long that only a restart may help. */
  hopeless(reason: string): void;
  probed(result: HealthAnswer): void;
  heartbeat(at: number): void;
}

interface Watched {
  readonly readiness: Readiness;
  readonly port: number | undefined;
  readonly startedAt: number;
  /** It was ready before this agent took charge of it. */
  readonly wasReady: boolean;
  readonly listener: ReadinessListener;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const EAGER_MS = 50;
const UNWELL_AFTER = 3;
const HOPELESS_AFTER = 10;
const HOPELESS_AFTER_MS = 5_000;

/** Watches until the signal is aborted. Never rejects. */
export async function watchReadiness(watched: Watched): Promise<void> {
  const look = lookerFor(watched);
  while (!watched.signal.aborted) {
    const pauseMs = await look();
    await watched.clock.delay(pauseMs, watched.signal).catch(() => undefined);
  }
}

/** One look at the program; gives the milliseconds until the next one. */
function lookerFor(watched: Watched): () => Promise<number> {
  switch (watched.readiness.by) {
    case "http":
      return lookByHttp(watched, watched.readiness);
    case "heartbeat":
      return lookAtHeartbeat(watched, watched.readiness);
    case "port":
      return lookAtPort(watched);
    case "running":
      return lookAtAge(watched, watched.readiness.forMs);
  }
}

function lookByHttp(watched: Watched, { health, host }: Readiness & { by: "http" }): () => Promise<number> {
  const { listener, clock, signal } = watched;
  let ready = watched.wasReady;
  let successes = 0;
  let failures = 0;
  let failingSince = 0;
  // Until it is ready the question is whether it can serve; afterwards only whether it is alive.
  let readyPath = health.readyPath;
  return async () => {
    const { timeoutMs } = health;
    const path = ready ? health.path : (readyPath ?? health.path);
    const result = await probe({ port: watched.port ?? 0, path, timeoutMs, host }, clock);
    if (signal.aborted) return 0;
    if (!ready && readyPath !== undefined && isForEveryPath(result.status)) {
      // It offers no such page; that is a finding for a check, no reason to keep it from serving.
      readyPath = undefined;
      return 0;
    }
    listener.probed(result);
    if (isHealthy(result)) {
      failures = 0;
      successes += 1;
      if (ready || successes >= health.successes) {
        ready = true;
        listener.ready();
      }
      return health.intervalMs;
    }
    successes = 0;
    if (!ready) return result.error === "connection refused" ? EAGER_MS : health.intervalMs;
    if (failures === 0) failingSince = clock.monotonicMs();
    failures += 1;
    const reason = `${path} ${result.error ?? `answered ${result.status}`}, ${quantity(failures, "time")} in a row`;
    if (failures >= UNWELL_AFTER) listener.unwell(reason);
    const failingMs = clock.monotonicMs() - failingSince;
    if (failures >= HOPELESS_AFTER && failingMs >= HOPELESS_AFTER_MS) listener.hopeless(reason);
    return health.intervalMs;
  };
}

function lookAtHeartbeat(
  { listener, clock, startedAt, wasReady, signal }: Watched,
  { file, withinMs }: Readiness & { by: "heartbeat" },
): () => Promise<number> {
  let ready = wasReady;
  return async () => {
    const beat = (await stat(file).catch(() => undefined))?.mtimeMs;
    if (signal.aborted) return 0;
    if (beat !== undefined) listener.heartbeat(beat);
    const silentMs = clock.now() - (beat ?? startedAt);
    if (beat !== undefined && silentMs <= withinMs) {
      ready = true;
      listener.ready();
    } else if (ready) {
      const reason = `no heartbeat for ${Math.round(silentMs)} ms, expected one within ${withinMs} ms`;
      listener.unwell(reason);
      if (silentMs > 3 * withinMs) listener.hopeless(reason);
    }
    return ready ? Math.min(1_000, Math.max(EAGER_MS, withinMs / 4)) : EAGER_MS;
  };
}

function lookAtPort({ listener, port, wasReady, signal }: Watched): () => Promise<number> {
  let ready = wasReady;
  let failures = 0;
  return async () => {
    const accepts = await acceptsConnections(port ?? 0);
    if (signal.aborted) return 0;
    failures = accepts ? 0 : failures + 1;
    if (accepts) {
      ready = true;
      listener.ready();
    } else if (ready && failures >= UNWELL_AFTER) {
      listener.unwell(`port ${port} does not accept connections`);
    }
    return ready ? 5_000 : EAGER_MS;
  };
}

function lookAtAge({ listener, clock, startedAt }: Watched, forMs: number): () => Promise<number> {
  return async () => {
    const leftMs = forMs - (clock.now() - startedAt);
    if (leftMs > 0) return leftMs;
    listener.ready();
    return 60_000;
  };
}

function acceptsConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once("connect", () => finish(true));
    socket.once("error", () => finish(false));
  });
}
