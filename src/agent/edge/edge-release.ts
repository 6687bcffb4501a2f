import type { Clock } from "../../model/doors.ts";
import { createFlights, type Flights } from "./flights.ts";
import { bySpecificity, findRoute, type RoutedRelease, type Site } from "./routing.ts";
import { createTrafficLog, type TrafficLog } from "./traffic.ts";
import { createUpstreamPool, type UpstreamPool } from "./upstream-pool.ts";

/** One instance as the edge sees it. */
export interface RunningUpstream {
  readonly port: number;
  readonly pool: UpstreamPool;
  isReady: boolean;
  inFlight: number;
  /** Told when `inFlight` falls to 0. */
  readonly whenQuiet: Set<() => void>;
}

interface Matched {
  readonly prefix: string;
  readonly host?: string;
}
export interface UpstreamRoute extends Matched {
  readonly upstreams: readonly RunningUpstream[];
  turn: number;
}
export interface SiteRoute extends Matched {
  readonly site: Site;
}

/** A release as the edge knows it: where its requests go, and what of it is under way. */
export interface EdgeRelease {
  readonly id: string;
  readonly flights: Flights;
  /** Of users: Gonogo's own questions are left out. */
  readonly traffic: TrafficLog;
  route(host: string, path: string): UpstreamRoute | SiteRoute | undefined;
  put(release: RoutedRelease): void;
  upstream(port: number): RunningUpstream | undefined;
  setReady(port: number, ready: boolean): void;
  /** Calls back once: when an upstream became ready, the live release changed, or after `ms`. Returns a cancel. */
  wait(ms: number, wake: () => void): () => void;
  wakeAll(): void;
  close(): void;
}

export function createEdgeRelease(id: string, clock: Pick<Clock, "monotonicMs">): EdgeRelease {
  let routes: (UpstreamRoute | SiteRoute)[] = [];
  let upstreams = new Map<number, RunningUpstream>();
  const waiting = new Set<() => void>();

  function put(release: RoutedRelease): void {
    const next = new Map<number, RunningUpstream>();
    const join = (port: number, ready: boolean | undefined): RunningUpstream => {
      const known = next.get(port) ?? upstreams.get(port);
      const joined = known ?? {
        port,
        pool: createUpstreamPool(port, clock),
        isReady: true,
        inFlight: 0,
        whenQuiet: new Set(),
      };
      joined.isReady = ready ?? joined.isReady;
      next.set(port, joined);
      return joined;
    };
    routes = bySpecificity(
      release.routes.map((route) => {
        if ("site" in route) return route;
        const { upstreams: listed, ...match } = route;
        return { ...match, upstreams: listed.map((each) => join(each.port, each.ready)), turn: 0 };
      }),
    );
    for (const [port, gone] of upstreams) if (!next.has(port)) gone.pool.close();
    upstreams = next;
    wakeAll();
  }

  function wakeAll(): void {
    for (const wake of [...waiting]) wake();
  }

  return {
    id,
    flights: createFlights(clock),
    traffic: createTrafficLog(),
    route: (host, path) => findRoute(routes, host, path),
    put,
    upstream: (port) => upstreams.get(port),
    setReady(port, ready) {
      const upstream = upstreams.get(port);
      if (!upstream) return;
      upstream.isReady = ready;
      if (ready) wakeAll();
    },
    wait(ms, wake) {
      const once = (): void => {
        cancel();
        wake();
      };
      const timer = setTimeout(once, ms);
      const cancel = (): void => {
        clearTimeout(timer);
        waiting.delete(once);
      };
      waiting.add(once);
      return cancel;
    },
    wakeAll,
    close() {
      put({ id, routes: [] });
    },
  };
}

/** Of the ready upstreams not yet tried, the least busy; in turn among equals. */
export function pickUpstream(
  route: UpstreamRoute,
  tried: readonly RunningUpstream[],
): RunningUpstream | undefined {
  const { upstreams } = route;
  let best: RunningUpstream | undefined;
  route.turn = (route.turn + 1) % Math.max(1, upstreams.length);
  for (let step = 0; step < upstreams.length; step++) {
    const each = upstreams[(route.turn + step) % upstreams.length] as RunningUpstream;
    if (!each.isReady || tried.includes(each)) continue;
    if (!best || each.inFlight < best.inFlight) best = each;
  }
  return best;
}

/** An upstream is done with one request. */
export function letGo(upstream: RunningUpstream): void {
  upstream.inFlight -= 1;
  if (upstream.inFlight > 0) return;
  for (const each of [...upstream.whenQuiet]) each();
}
