import type { Clock } from "../../model/doors.ts";
import { openConnection, type UpstreamConnection } from "./upstream-connection.ts";

/** Idle connections to one port, the last used first. */
export interface UpstreamPool {
  /** A connection that fell idle at most `fresherThanMs` ago. */
  take(fresherThanMs: number): UpstreamConnection | undefined;
  open(
    timeoutMs: number,
    ready: (cause: Error | undefined, connection: UpstreamConnection | undefined) => void,
  ): void;
  /** Ends idle connections, and those in use once they fall idle. */
  close(): void;
  readonly idle: number;
}

// Servers keep idle connections for 5 s (Node) or longer and mostly do not say; who closes first has no race.
const MAX_IDLE_MS = 4_000;
const HINT_MARGIN_MS = 1_000;

export function createUpstreamPool(port: number, clock: Pick<Clock, "monotonicMs">): UpstreamPool {
  const idle: UpstreamConnection[] = [];
  let isClosed = false;
  let sweeper: NodeJS.Timeout | undefined;

  function onFree(connection: UpstreamConnection): void {
    if (isClosed || lifetime(connection) <= 0) return void connection.destroy();
    connection.idleSince = clock.monotonicMs();
    idle.push(connection);
    sweeper ??= setInterval(sweep, 1_000).unref();
  }

  function onGone(connection: UpstreamConnection): void {
    const index = idle.lastIndexOf(connection);
    if (index !== -1) idle.splice(index, 1);
  }

  function sweep(): void {
    const now = clock.monotonicMs();
    for (const connection of [...idle]) {
      if (now - (connection.idleSince ?? now) > lifetime(connection)) connection.destroy();
    }
    if (idle.length > 0) return;
    clearInterval(sweeper);
    sweeper = undefined;
  }

  return {
    take(fresherThanMs) {
      const connection = idle.at(-1);
      if (!connection) return undefined;
      const idleMs = clock.monotonicMs() - (connection.idleSince ?? 0);
      if (idleMs > Math.min(fresherThanMs, lifetime(connection))) return undefined;
      idle.pop();
      return connection;
    },
    open: (timeoutMs, ready) => openConnection({ port, timeoutMs }, { onFree, onGone }, ready),
    close() {
      isClosed = true;
      clearInterval(sweeper);
      for (const connection of [...idle]) connection.destroy();
    },
    get idle() {
      return idle.length;
    },
  };
}

function lifetime(connection: UpstreamConnection): number {
  return Math.min(MAX_IDLE_MS, (connection.keepAliveMs ?? Number.POSITIVE_INFINITY) - HINT_MARGIN_MS);
}
