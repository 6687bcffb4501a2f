import type { Clock } from "../../model/doors.ts";
import type { Traffic, TrafficSpan } from "../../model/target.ts";
import type { EdgeWorld } from "./call.ts";
import { createEdgeRelease, type EdgeRelease } from "./edge-release.ts";
import type { Drained, InFlight } from "./flights.ts";
import { type BoundPorts, type Front, type Listeners, openFront } from "./front.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import type { Door, KeyPair } from "./public-door.ts";
import type { RoutedRelease } from "./routing.ts";
import { KEPT_MS } from "./traffic.ts";
import { createTroubleTeller, type EdgeTrouble } from "./trouble.ts";

export type { Drained, InFlight } from "./flights.ts";
export type { BoundPorts, Listeners } from "./front.ts";
export type { Limits } from "./limits.ts";
export type { Door, KeyPair } from "./public-door.ts";
export type { Route, RoutedRelease, Site, Upstream } from "./routing.ts";
export type { EdgeTrouble } from "./trouble.ts";

export interface EdgeOptions {
  readonly clock: Pick<Clock, "now" | "monotonicMs">;
  readonly limits?: Partial<Limits>;
  /** What the agent writes to its log. Never a header's value, a body or a query. */
  readonly onTrouble?: (trouble: EdgeTrouble) => void;
}

export interface ReleaseTraffic extends Traffic {
  readonly inFlight: InFlight;
}

/** A door of its own to one release that is not live. Dispose closes it. */
export interface StageDoor extends AsyncDisposable, BoundPorts {}

/** Owns the public port of one environment. Everything but opening and closing takes effect at once. */
export interface Edge extends AsyncDisposable {
  listen(listeners: Listeners): Promise<BoundPorts>;
  /** For new handshakes, on every door. */
  useCertificate(pair: KeyPair): void;
  /** Adds a release or replaces its routes; what it answers already goes on. */
  put(release: RoutedRelease): void;
  /** Forgets a release that is not live. Throws when it is live. Its traffic figures stay until they are too old. */
  remove(id: string): void;
  /** Takes an upstream out of the rotation or puts it back. Unknown ones are ignored. */
  setReady(id: string, port: number, ready: boolean): void;
  /**
   * Resolves true when an upstream that was taken out answers nothing any more, false after `limitMs`: await it
   * before ending one instance of a release that goes on.
   */
  quiet(id: string, port: number, limitMs: number): Promise<boolean>;
  /** New requests go to this release from now on (undefined: to none, 503). Throws when it was never put. */
  switchTo(id: string | undefined): void;
  live(): string | undefined;
  /** Opens loopback ports with the same TLS, limits and redirect, where every request goes to this release. */
  stage(id: string): Promise<StageDoor>;
  /**
   * Resolves when the release answers nothing any more, at the latest after `limitMs`. WebSockets are closed
   * with 1012 and event streams ended, spread over that time; whatever is left at its end is cut.
   */
  drain(id: string, limitMs: number): Promise<Drained>;
  inFlight(id: string): InFlight;
  /** Every release that had a request since then (kept about 15 minutes), and every one that is put. */
  traffic(sinceMs: number): readonly ReleaseTraffic[];
  /** Every release that had a user's request in these whole seconds. */
  trafficSpan(from: number, until: number): readonly TrafficSpan[];
  /** Stops accepting, lets requests end for `limitMs` (default 0), then closes everything. */
  close(limitMs?: number): Promise<void>;
}

const NOTHING: InFlight = { requests: 0, webSockets: 0, eventStreams: 0 };

export function createEdge(options: EdgeOptions): Edge {
  const { clock } = options;
  const world: EdgeWorld = {
    clock,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    tell: createTroubleTeller(options.onTrouble, clock),
  };
  const releases = new Map<string, EdgeRelease>();
  /** Releases that were removed, for their traffic figures. */
  const past = new Map<string, EdgeRelease>();
  const fronts = new Set<Front>();
  let live: EdgeRelease | undefined;
  let listeners: Listeners = {};

  function known(id: string): EdgeRelease {
    const release = releases.get(id);
    if (!release) throw new Error(`the edge does not know release ${id}`);
    return release;
  }

  async function openStage(id: string): Promise<StageDoor> {
    const release = known(id);
    const anyPort: Door = { port: 0 };
    const { https, http, plain } = listeners;
    const front = await openFront(
      world,
      {
        ...(https ? { https: { ...anyPort, key: https.key, cert: https.cert } } : {}),
        ...(http ? { http: anyPort } : {}),
        ...(plain ? { plain } : {}),
      },
      { release: () => release, counts: false },
    );
    fronts.add(front);
    return {
      ...front.ports,
      async [Symbol.asyncDispose]() {
        fronts.delete(front);
        const shut = front.shut();
        front.slam();
        await shut;
      },
    };
  }

  async function quiet(id: string, port: number, limitMs: number): Promise<boolean> {
    const upstream = releases.get(id)?.upstream(port);
    if (!upstream || upstream.inFlight === 0) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const settled = (): void => resolve(true);
    const timer = setTimeout(() => resolve(false), limitMs);
    upstream.whenQuiet.add(settled);
    const isQuiet = await promise;
    clearTimeout(timer);
    upstream.whenQuiet.delete(settled);
    return isQuiet;
  }

  function forgetOld(): void {
    const oldest = clock.now() - KEPT_MS;
    for (const [id, { traffic }] of past) if (traffic.lastAt < oldest) past.delete(id);
  }

  async function close(limitMs = 0): Promise<void> {
    const shut = Promise.all([...fronts].map((front) => front.shut()));
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, limitMs);
    if (limitMs > 0) for (const release of releases.values()) void release.flights.drain(limitMs);
    await Promise.race([shut, late]);
    clearTimeout(timer);
    for (const front of fronts) front.slam();
    for (const release of releases.values()) {
      await release.flights.drain(0);
      release.close();
    }
    await shut;
    fronts.clear();
  }

  return {
    async listen(given) {
      listeners = given;
      const front = await openFront(world, given, { release: () => live, counts: true });
      fronts.add(front);
      return front.ports;
    },
    useCertificate(pair) {
      if (listeners.https) listeners = { ...listeners, https: { ...listeners.https, ...pair } };
      for (const front of fronts) front.useCertificate(pair);
    },
    put(routed) {
      const release = releases.get(routed.id) ?? past.get(routed.id) ?? createEdgeRelease(routed.id, clock);
      past.delete(routed.id);
      releases.set(routed.id, release);
      release.put(routed);
    },
    remove(id) {
      const release = releases.get(id);
      if (!release) return;
      if (release === live) throw new Error(`release ${id} is live`);
      releases.delete(id);
      release.close();
      past.set(id, release);
      forgetOld();
    },
    setReady: (id, port, ready) => releases.get(id)?.setReady(port, ready),
    quiet,
    switchTo(id) {
      const before = live;
      live = id === undefined ? undefined : known(id);
      live?.flights.recall();
      before?.wakeAll();
    },
    live: () => live?.id,
    stage: openStage,
    drain: (id, limitMs) => known(id).flights.drain(limitMs),
    inFlight: (id) => (releases.get(id) ?? past.get(id))?.flights.counts() ?? NOTHING,
    traffic(sinceMs) {
      forgetOld();
      const all = [
        ...releases.values(),
        ...[...past.values()].filter(({ traffic }) => traffic.lastAt >= sinceMs),
      ];
      return all.map((release) => ({
        release: release.id,
        ...release.traffic.since(sinceMs, clock.now()),
        inFlight: release.flights.counts(),
      }));
    },
    trafficSpan: (from, until) =>
      [...releases.values(), ...past.values()]
        .map(({ id, traffic }) => ({ release: id, ...traffic.span(from, until) }))
        .filter(({ requests }) => requests > 0),
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}
