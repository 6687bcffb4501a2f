import type { Clock } from "../../model/doors.ts";

export interface InFlight {
  /** Requests that end by themselves. */
  readonly requests: number;
  readonly webSockets: number;
  readonly eventStreams: number;
}

export interface Drained {
  readonly tookMs: number;
  /** False when the release became live again meanwhile: nothing more was cut then. */
  readonly drained: boolean;
  /** Requests cut at the limit. */
  readonly cut: number;
  readonly webSocketsClosed: number;
  readonly eventStreamsEnded: number;
}

/** Something a release is answering. */
export interface Flight {
  kind: "request" | "webSocket" | "eventStream";
  /** Asks a WebSocket or an event stream to end as its protocol wants it; undefined for what ends by itself. */
  end: (() => void) | undefined;
  /** Ends it now. */
  cut: () => void;
}

/** What one release is answering, counted from the start of each request to the end of its answer. */
export interface Flights {
  board(flight: Flight): void;
  land(flight: Flight): void;
  counts(): InFlight;
  drain(limitMs: number): Promise<Drained>;
  /** The release is live again: a drain under way ends without cutting anything more. */
  recall(): void;
}

const TICK_MS = 50;
// The last sockets asked to close need some of the window left for the closing handshake.
const ASKING_SHARE = 0.8;

export function createFlights(clock: Pick<Clock, "monotonicMs">): Flights {
  const flying = new Set<Flight>();
  let current: { readonly result: Promise<Drained>; landed(): void; recall(): void } | undefined;

  function counts(): InFlight {
    let webSockets = 0;
    let eventStreams = 0;
    for (const { kind } of flying) {
      if (kind === "webSocket") webSockets += 1;
      else if (kind === "eventStream") eventStreams += 1;
    }
    return { requests: flying.size - webSockets - eventStreams, webSockets, eventStreams };
  }

  function startDrain(limitMs: number): NonNullable<typeof current> {
    const started = clock.monotonicMs();
    const windowMs = limitMs * ASKING_SHARE;
    const asked = new Set<Flight>();
    const figures = { cut: 0, webSocketsClosed: 0, eventStreamsEnded: 0 };
    const { promise, resolve } = Promise.withResolvers<Drained>();
    const tickMs = Math.max(5, Math.min(TICK_MS, windowMs / 10));
    const ticker = setInterval(tick, tickMs);

    function tick(): void {
      const elapsed = clock.monotonicMs() - started;
      const waiting = [...flying].filter((each) => each.end && !asked.has(each));
      // On a busy machine the limit can come before everybody was asked; they are told first and cut a tick later.
      if (elapsed >= limitMs && waiting.length === 0) return void cutRest();
      const due = Math.ceil(
        (asked.size + waiting.length) * (windowMs > 0 ? Math.min(1, elapsed / windowMs) : 1),
      );
      for (const flight of waiting.slice(0, Math.max(0, due - asked.size))) {
        asked.add(flight);
        if (flight.kind === "webSocket") figures.webSocketsClosed += 1;
        else figures.eventStreamsEnded += 1;
        flight.end?.();
      }
    }

    function cutRest(): void {
      for (const flight of [...flying]) {
        if (flight.kind === "request") figures.cut += 1;
        flight.cut();
        flying.delete(flight);
      }
      finish(true);
    }

    function finish(drained: boolean): void {
      clearInterval(ticker);
      current = undefined;
      resolve({ tookMs: clock.monotonicMs() - started, drained, ...figures });
    }

    return {
      result: promise,
      landed: () => {
        if (flying.size === 0) finish(true);
      },
      recall: () => finish(false),
    };
  }

  return {
    board: (flight) => void flying.add(flight),
    land(flight) {
      if (flying.delete(flight)) current?.landed();
    },
    counts,
    drain(limitMs) {
      if (current) return current.result;
      const begun = startDrain(limitMs);
      current = begun;
      begun.landed();
      return begun.result;
    },
    recall: () => current?.recall(),
  };
}
