import type { Socket } from "node:net";
import type { AnswerHead } from "./answer-parser.ts";
import { MalformedAnswer } from "./answer-parser.ts";
import { breakOff, type Call, type EdgeWorld, record } from "./call.ts";
import { streamEvents } from "./event-stream.ts";
import type { Flight } from "./flights.ts";
import { answerPlainly, refuseBody } from "./plain-answer.ts";
import { type BodyStream, carriesBody, streamBody } from "./request-body.ts";
import {
  pickUpstream,
  type RunningRelease,
  type RunningUpstream,
  type UpstreamRoute,
} from "./running-release.ts";
import { openTunnel } from "./tunnel.ts";
import type { AnswerSink, Connection } from "./upstream-connection.ts";
import { upstreamHead } from "./upstream-head.ts";

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);
const IDEMPOTENT: ReadonlySet<string> = new Set([...SAFE, "PUT", "DELETE"]);
// A request that cannot be sent twice goes only on a connection that its server has no reason to be closing.
const SURELY_OPEN_MS = 1_000;
const REFUSED_PAUSE_MS = 50;

/**
 * Answers a call from an upstream of its route. Tries again only what can have had no effect: when nothing was sent,
 * or (RFC 9110 section 9.2.2) when an idempotent request without a body met a connection that was closing.
 * `restart` begins anew with the live release, when that changed while nothing could be sent.
 */
export function forward(call: Call, route: UpstreamRoute, world: EdgeWorld, restart: () => void): void {
  const { request, response, upgrade } = call;
  const { limits } = world;
  const method = request.method ?? "GET";
  const hasBody = carriesBody(request);
  const head = upstreamHead(request, call.target, call.entrance.origin, upgrade !== undefined);
  const tried: RunningUpstream[] = [];
  let carrier: { readonly upstream: RunningUpstream; connection: Connection | undefined } | undefined;
  let body: BodyStream | undefined;
  let cancelWait: (() => void) | undefined;
  let isOver = false;
  let wasRefused = false;
  let needsNew = false;
  let isSecondTry = false;

  call.stop = () => {
    isOver = true;
    cancelWait?.();
    carrier?.connection?.destroy();
    leave();
  };
  attempt();

  function attempt(): void {
    const upstream = pickUpstream(route, tried);
    if (!upstream) return void wait();
    upstream.inFlight += 1;
    carrier = { upstream, connection: undefined };
    const freshMs = IDEMPOTENT.has(method) && !hasBody ? Number.POSITIVE_INFINITY : SURELY_OPEN_MS;
    const idle = needsNew ? undefined : upstream.pool.take(freshMs);
    if (idle) return void send(idle);
    upstream.pool.open(limits.waitMs, (_cause, connection) => {
      if (isOver) return connection?.destroy();
      if (connection) return send(connection);
      tell("upstream refused");
      wasRefused = true;
      tried.push(upstream);
      leave();
      attempt();
    });
  }

  function wait(): void {
    const leftMs = limits.waitMs - (world.clock.monotonicMs() - call.startedAt);
    if (leftMs <= 0) {
      tell("no upstream ready");
      return void fail(wasRefused ? 502 : 503);
    }
    cancelWait = call.release.wait(tried.length > 0 ? Math.min(REFUSED_PAUSE_MS, leftMs) : leftMs, () => {
      cancelWait = undefined;
      tried.length = 0;
      if (call.entrance.release() !== call.release) return restart();
      attempt();
    });
  }

  function send(connection: Connection): void {
    if (carrier) carrier.connection = connection;
    connection.patience(limits.answerMs);
    connection.begin(method, head, sinkFor(connection));
    if (!hasBody) return void connection.sent();
    connection.patience(limits.bodyIdleMs);
    if (request.headers.expect !== undefined) response.writeContinue();
    body = streamBody(request, connection.socket, {
      maxBytes: limits.bodyBytes,
      onTooLarge: () => abandon(() => refuseBody(request, response, 413)),
      onSent: () => {
        connection.sent();
        connection.patience(limits.answerMs);
      },
    });
  }

  function sinkFor(connection: Connection): AnswerSink {
    const isReused = connection.idleSince !== undefined;
    let hasHead = false;
    let isFlushed = true;
    let events: ReturnType<typeof streamEvents> | undefined;

    function onHead(answer: AnswerHead): void {
      hasHead = true;
      isFlushed = false;
      writeHead(answer);
      if (answer.contentType !== "text/event-stream" || method === "HEAD") return;
      call.flight.kind = "eventStream";
      record(call, world);
      connection.patience(limits.streamIdleMs);
      request.socket.setTimeout(limits.streamIdleMs);
      events = streamEvents(answer.encoded, () => abandon(() => response.end()));
      call.flight.end = events.end;
      call.flight.cut = () => abandon(() => response.end());
    }

    return {
      onHead,
      onBody(chunk, last) {
        isFlushed = true;
        if (last) {
          body?.stop();
          leave();
          response.end(chunk);
          return;
        }
        if (!events) connection.patience(limits.bodyIdleMs);
        if (!response.write(chunk) && !connection.socket.isPaused()) {
          connection.socket.pause();
          response.once("drain", () => {
            if (carrier?.connection === connection) connection.socket.resume();
          });
        }
        events?.passed(chunk);
      },
      onSwitch(answer, rest) {
        if (upgrade === undefined) throw new MalformedAnswer("switched unasked");
        const used = carrier?.upstream;
        carrier = undefined;
        if (used)
          switchProtocols({
            call,
            world,
            answer,
            used,
            upstream: connection.detach(),
            behind: [upgrade, rest],
          });
      },
      onRead() {
        if (!isFlushed) response.flushHeaders();
        isFlushed = true;
      },
      onDrain: () => body?.resume(),
      onIdle() {
        const isClientSlow = body?.isWaitingForClient === true;
        if (!isClientSlow) tell("upstream too slow");
        abandon(() => {
          if (response.headersSent) breakOff(call);
          else if (isClientSlow) refuseBody(request, response, 408);
          else fail(504);
        });
      },
      onBroken(cause) {
        const upstream = carrier?.upstream;
        tell(cause instanceof MalformedAnswer ? "upstream malformed" : "upstream died");
        leave();
        if (hasHead) {
          body?.stop();
          return response.headersSent ? breakOff(call) : fail(502);
        }
        if (hasBody || cause instanceof MalformedAnswer) return fail(502);
        if (isReused && IDEMPOTENT.has(method)) {
          needsNew = true;
          return attempt();
        }
        if (SAFE.has(method) && !isSecondTry) {
          isSecondTry = true;
          if (upstream) tried.push(upstream);
          return attempt();
        }
        fail(502);
      },
    };
  }

  function writeHead(answer: AnswerHead): void {
    const headers = [...answer.headers, "x-gonogo-release", call.release.id];
    try {
      response.writeHead(answer.status, answer.reason, headers);
    } catch (cause) {
      throw new MalformedAnswer("header not fit to pass on", { cause });
    }
  }

  /** Ends the upstream's part, then does what the client is owed. */
  function abandon(then: () => void): void {
    carrier?.connection?.destroy();
    body?.stop();
    leave();
    then();
  }

  function fail(status: number): void {
    if (hasBody && !request.complete) refuseBody(request, response, status);
    else answerPlainly(response, status, { "x-gonogo-release": call.release.id });
  }

  function leave(): void {
    if (carrier) letGo(carrier.upstream);
    carrier = undefined;
  }

  function tell(what: Parameters<EdgeWorld["tell"]>[0]["what"]): void {
    world.tell({
      release: call.release.id,
      what,
      port: carrier?.upstream.port,
      method,
      path: call.target.path,
    });
  }
}

/** Turns a call into a tunnel. Outside of `forward`, for the tunnel outlives the request by hours and holds none of it. */
function switchProtocols(found: {
  readonly call: Call;
  readonly world: EdgeWorld;
  readonly answer: AnswerHead;
  readonly used: RunningUpstream;
  readonly upstream: Socket;
  /** What the client and the upstream sent behind the handshake. */
  readonly behind: readonly [Buffer, Buffer];
}): void {
  const { call, answer, used, behind } = found;
  const { request, response, flight, release } = call;
  const { socket } = request;
  flight.kind = "webSocket";
  response.statusCode = answer.status;
  record(call, found.world);
  response.detachSocket(socket);
  response.emit("close");
  let head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  for (let index = 0; index < answer.headers.length; index += 2) {
    head += `${answer.headers[index]}: ${answer.headers[index + 1]}\r\n`;
  }
  const tunnel = openTunnel({
    client: socket,
    upstream: found.upstream,
    answer: `${head}x-gonogo-release: ${release.id}\r\n\r\n`,
    fromClient: behind[0],
    fromUpstream: behind[1],
    idleMs: found.world.limits.streamIdleMs,
    onClose: whenClosed(release, flight, used),
  });
  flight.end = tunnel.close;
  flight.cut = tunnel.cut;
}

function whenClosed(release: RunningRelease, flight: Flight, used: RunningUpstream): () => void {
  return () => {
    release.flights.land(flight);
    letGo(used);
  };
}

function letGo(upstream: RunningUpstream): void {
  upstream.inFlight -= 1;
  if (upstream.inFlight > 0) return;
  for (const each of [...upstream.whenQuiet]) each();
}
