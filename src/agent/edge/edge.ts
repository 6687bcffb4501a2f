import type { Clock } from "../../model/doors.ts";
import type { Traffic } from "../../model/target.ts";

/** A port of one instance of the application on 127.0.0.1. */
export interface Upstream {
  readonly port: number;
  /** Default true. Kept over a later `put` of the same port that does not say. */
  readonly ready?: boolean;
}

/** Files of a built front end. */
export interface Site {
  /** Absolute; nothing outside it is ever served. */
  readonly directory: string;
  /** "index.html": answers pages that are not files (single-page applications). */
  readonly fallback: string | undefined;
  /** Sent with every answer of the site, as declared. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface Match {
  /** "/" or "/api": whole path segments; the longest wins. */
  readonly prefix: string;
  /** Host name without port; such a route goes before general ones. */
  readonly host?: string;
}
export type Route = Match & ({ readonly upstreams: readonly Upstream[] } | { readonly site: Site });

export interface RoutedRelease {
  readonly id: string;
  readonly routes: readonly Route[];
}

/** A listening socket held by the parent (`fd`), or a port to open (0: any free one) on `host` (default 127.0.0.1). */
export type Door = { readonly fd: number } | { readonly port: number; readonly host?: string };

/** PEM texts. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface Listeners {
  readonly https?: Door & KeyPair;
  readonly http?: Door;
  /** What the plain door does when there is an https one; default "redirect" (308). Without https it serves. */
  readonly plain?: "redirect" | "serve";
  /** Ports users type, where they differ from the bound ones (a forwarded 443). */
  readonly publicPorts?: { readonly https?: number; readonly http?: number };
}

export interface BoundPorts {
  readonly httpsPort: number | undefined;
  readonly httpPort: number | undefined;
}

/** Sizes in bytes, times in milliseconds. */
export interface Limits {
  /** Request line and headers together; past it 431. */
  readonly headerBytes: number;
  /** Request body; past it 413. */
  readonly bodyBytes: number;
  /** Whole header of a request; past it 408. */
  readonly headersMs: number;
  /** Whole request with its body; past it 408. */
  readonly requestMs: number;
  /** Idle connection between two requests. */
  readonly keepAliveMs: number;
  /** From the end of the request to the first byte of the answer; past it 504. */
  readonly answerMs: number;
  /** A body that does not move in either direction. */
  readonly bodyIdleMs: number;
  /** A WebSocket or an event stream without a byte in either direction. */
  readonly streamIdleMs: number;
  /** A request held back until some upstream of its route is ready; past it 503. */
  readonly waitMs: number;
  readonly connections: number;
}

export interface EdgeOptions {
  readonly clock: Pick<Clock, "now" | "monotonicMs">;
  readonly limits?: Partial<Limits>;
  /** What the agent writes to its log. Never a header's value, a body or a query. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

export interface Trouble {
  readonly release: string | undefined;
  /** "upstream refused", "upstream died", "upstream too slow", "no upstream ready", ... */
  readonly what: string;
  readonly port: number | undefined;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** How many alike since the last one told: at most one a second of the same kind is told. */
  readonly times: number;
}

export interface InFlight {
  /** Requests that end by themselves. */
  readonly requests: number;
  readonly webSockets: number;
  readonly eventStreams: number;
}

export interface Drained {
  readonly tookMs: number;
  /** False when the release became live again meanwhile: nothing was cut then. */
  readonly drained: boolean;
  /** Requests cut at the limit. */
  readonly cut: number;
  readonly webSocketsClosed: number;
  readonly eventStreamsEnded: number;
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
  /** Stops accepting, lets requests end for `limitMs` (default 0), then closes everything. */
  close(limitMs?: number): Promise<void>;
}

export function createEdge(_options: EdgeOptions): Edge {
  throw new Error("not written yet");
}
