import type { Socket } from "node:net";
import type { AnswerHead } from "./answer-parser.ts";
import { type Call, type EdgeWorld, record } from "./call.ts";
import { type EdgeRelease, letGo, type RunningUpstream } from "./edge-release.ts";
import type { Flight } from "./flights.ts";
import { openTunnel } from "./tunnel.ts";

/** Turns a call into a tunnel, which outlives the request by hours and so holds none of it. */
export function switchProtocols(found: {
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

function whenClosed(release: EdgeRelease, flight: Flight, used: RunningUpstream): () => void {
  return () => {
    release.flights.land(flight);
    letGo(used);
  };
}
