import { type AnswerHead, MalformedAnswer } from "./answer-parser.ts";
import { breakOff, type Call, type EdgeWorld, record } from "./call.ts";
import { letGo, pickUpstream, type RunningUpstream, type UpstreamRoute } from "./edge-release.ts";
import { streamEvents } from "./event-stream.ts";
import { answerPlainly, refuseBody } from "./plain-answer.ts";
import { switchProtocols } from "./protocol-switch.ts";
import { type BodyStream, carriesBody, streamBody } from "./request-body.ts";
import type { AnswerSink, UpstreamConnection } from "./upstream-connection.ts";
import { upstreamHead } from "./upstream-head.ts";

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);
const IDEMPOTENT: ReadonlySet<string> = new Set([...SAFE, "PUT", "DELETE"]);
// A request that cannot be sent twice goes only on a connection that its server has no reason to be closing.
const SURELY_OPEN_MS = 1_000;
const REFUSED_PAUSE_MS = 50;

/**
 * Answers a call from an upstream of its route. Tries again when nothing was sent yet; when an idempotent request
 * without a body met a connection that was closing (RFC 9110 section 9.2.2); and once, on another upstream, when a
 * safe one lost its upstream before the answer began. Nothing else is ever sent twice.
 * `restart` begins anew with the live release, when that changed while nothing could be sent.
 */
export function forward(call: Call, route: UpstreamRoute, world: EdgeWorld, restart: () => void): void {
  const { request, response, upgrade } = call;
  const { limits } = world;
  const method = request.method ?? "GET";
  const hasBody = carriesBody(request);
  const head = upstreamHead(request, call.target, call.entrance.origin, upgrade !== undefined);
  const tried: RunningUpstream[] = [];
  let carrier: { readonly upstream: RunningUpstream; connection: UpstreamConnection | undefined } | undefined;
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

  function send(connection: UpstreamConnection): void {
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

  function sinkFor(connection: UpstreamConnection): AnswerSink {
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
