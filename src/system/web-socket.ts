import type { SecureContextOptions } from "node:tls";
import type { WebSocket } from "ws";
import type { Sockets, WebSocketAnswer } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { lookupWithLoopback } from "./loopback-lookup.ts";
import { outsideFailure, withinTime } from "./outside-failure.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_MESSAGE_BYTES = 1_048_576;

type Request = Parameters<Sockets["webSocket"]>[0];

/** Upgrades, waits for a message or a close as long as asked, closes. A refusal is an answer, not an error. */
export async function askWebSocket(
  request: Request,
  trusting: SecureContextOptions,
): Promise<WebSocketAnswer> {
  const host = URL.parse(request.url)?.host;
  if (!host) throw new OutsideError("the address of a WebSocket is not a URL");
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(request.url, {
    headers: { "user-agent": "gonogo", ...request.headers },
    lookup: lookupWithLoopback,
    maxPayload: MAX_MESSAGE_BYTES,
    followRedirects: false,
    ...trusting,
  });
  try {
    return await withinTime(
      {
        host,
        timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        signal: request.signal,
        onGiveUp: () => socket.terminate(),
      },
      answerOf(socket, host, request.waitForMessageMs ?? 0),
    );
  } finally {
    socket.terminate();
  }
}

function answerOf(socket: WebSocket, host: string, waitForMessageMs: number): Promise<WebSocketAnswer> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const opened = (rest: Partial<WebSocketAnswer>): void => {
      clearTimeout(timer);
      resolve({ status: 101, opened: true, firstMessage: undefined, closeCode: undefined, ...rest });
    };
    socket.on("error", (error) => reject(outsideFailure(error, host)));
    socket.on("unexpected-response", (_, response) => {
      response.resume();
      resolve({
        status: response.statusCode ?? 0,
        opened: false,
        firstMessage: undefined,
        closeCode: undefined,
      });
    });
    socket.on("message", (data) => opened({ firstMessage: data.toString() }));
    socket.on("close", (closeCode) => opened({ closeCode }));
    socket.on("open", () => {
      if (waitForMessageMs === 0) opened({});
      else timer = setTimeout(() => opened({}), waitForMessageMs);
    });
  });
}
