import type { IncomingMessage, ServerResponse } from "node:http";
import { breakOff, type Call, type EdgeWorld, type Entrance, record } from "./call.ts";
import { forward } from "./forward.ts";
import { answerPlainly, refuseBody } from "./plain-answer.ts";
import { carriesBody } from "./request-body.ts";
import { readTarget } from "./request-target.ts";
import { answerFromSite } from "./site.ts";

/** Takes a request in: judges it, claims a release for it and has it answered. */
export function receive(
  world: EdgeWorld,
  entrance: Entrance,
  arrival: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly upgrade: Buffer | undefined;
  },
): void {
  const { request, response, upgrade } = arrival;
  const startedAt = world.clock.monotonicMs();
  const refuse = (status: number): void =>
    carriesBody(request)
      ? refuseBody(request, response, status)
      : answerPlainly(response, status, status === 503 ? {} : { connection: "close" });
  const target = readTarget(request);
  if (!target) return void refuse(400);
  const coding = request.headers["transfer-encoding"];
  if (coding !== undefined && coding.toLowerCase() !== "chunked") return void refuse(501);
  const release = entrance.release();
  if (!release) return void refuse(503);

  const call: Call = {
    request,
    response,
    target,
    entrance,
    upgrade,
    startedAt,
    release,
    flight: { kind: "request", end: undefined, cut: () => cut(call) },
    isBroken: false,
    isRecorded: false,
    stop: () => undefined,
  };
  release.flights.board(call.flight);
  response.once("close", () => {
    call.stop();
    // A tunnel goes on without the answer that opened it.
    if (call.flight.kind === "webSocket") return;
    record(call, world);
    call.release.flights.land(call.flight);
  });
  if (Number(request.headers["content-length"] ?? 0) > world.limits.bodyBytes) return void refuse(413);
  answer(call, world);
}

function answer(call: Call, world: EdgeWorld): void {
  const route = call.release.route(call.target.host, call.target.path);
  if (!route) return void answerPlainly(call.response, 404, { "x-gonogo-release": call.release.id });
  if ("site" in route) return void answerFromSite(call, route, world);
  forward(call, route, world, () => {
    const live = call.entrance.release();
    if (live) {
      call.release.flights.land(call.flight);
      call.release = live;
      live.flights.board(call.flight);
    }
    answer(call, world);
  });
}

/** At the end of a drain: whoever has not had a byte yet is at least told. */
function cut(call: Call): void {
  call.isBroken = true;
  call.stop();
  if (call.response.headersSent) breakOff(call);
  else answerPlainly(call.response, 503, { connection: "close" });
}
