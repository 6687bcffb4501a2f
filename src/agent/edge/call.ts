import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../model/doors.ts";
import type { EdgeRelease } from "./edge-release.ts";
import type { Flight } from "./flights.ts";
import type { Limits } from "./limits.ts";
import type { RequestTarget } from "./request-target.ts";
import type { TellTrouble } from "./trouble.ts";
import type { Origin } from "./upstream-head.ts";

/** What every request has at hand. */
export interface EdgeWorld {
  readonly clock: Pick<Clock, "now" | "monotonicMs">;
  readonly limits: Limits;
  readonly tell: TellTrouble;
}

/** The way a request came in. */
export interface Entrance {
  readonly origin: Origin;
  /** The release that a new request goes to. */
  release(): EdgeRelease | undefined;
  /** Whether requests count in the release's traffic figures. */
  readonly counts: boolean;
}

/** One request from its claim of a release to the end of its answer. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: RequestTarget;
  readonly entrance: Entrance;
  /** Set for a WebSocket handshake: what the client sent behind it. */
  readonly upgrade: Buffer | undefined;
  readonly startedAt: number;
  readonly flight: Flight;
  release: EdgeRelease;
  /** The user was failed in a way the status does not tell. */
  isBroken: boolean;
  isRecorded: boolean;
  /** Lets go of whatever the call holds; it came to an end. */
  stop: () => void;
}

/** Enters the call in the traffic figures, once: at its end, or when it becomes a stream. */
export function record(call: Call, world: EdgeWorld): void {
  if (call.isRecorded) return;
  call.isRecorded = true;
  if (!call.entrance.counts) return;
  const { response } = call;
  const isStream = call.flight.kind !== "request";
  const isAborted = !isStream && !response.writableFinished && !call.isBroken;
  const recorded = {
    at: world.clock.now(),
    tookMs: isAborted ? undefined : world.clock.monotonicMs() - call.startedAt,
    failed: call.isBroken || (response.headersSent && response.statusCode >= 500),
  };
  if (!OWN_AGENT.test(call.request.headers["user-agent"] ?? "")) call.release.traffic.record(recorded);
}

/** Checks provoke errors on purpose: those are none that users have. */
const OWN_AGENT = /^gonogo\b/;

/** Ends a call whose answer cannot be completed, so that the client sees a broken one rather than a short one. */
export function breakOff(call: Call): void {
  call.isBroken = true;
  call.response.destroy();
}
