import { once } from "node:events";
import type { SecureContextOptions } from "node:tls";
import type { Sockets, WebSocketTalk } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { lookupWithLoopback } from "./loopback-lookup.ts";
import { outsideFailure, withinTime } from "./outside-failure.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_MESSAGE_BYTES = 16 * 1_048_576;

type Request = Parameters<Sockets["talk"]>[0];

/** Messages that nobody has asked for yet are kept in order. */
export async function openWebSocketTalk(
  request: Request,
  trusting: SecureContextOptions,
): Promise<WebSocketTalk | { readonly refused: number }> {
  const { url, headers, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = request;
  const host = URL.parse(url)?.host;
  if (!host) throw new OutsideError("the address of a WebSocket is not a URL");
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(url, {
    headers: { "user-agent": "gonogo", ...headers },
    lookup: lookupWithLoopback,
    maxPayload: MAX_MESSAGE_BYTES,
    followRedirects: false,
    ...trusting,
  });
  const kept: string[] = [];
  let closeCode: number | undefined;
  const news = new EventTarget();
  const tell = (): void => void news.dispatchEvent(new Event("news"));
  socket.on("message", (data) => {
    kept.push(data.toString());
    tell();
  });
  socket.on("close", (code) => {
    closeCode = code;
    tell();
  });
  const opened = new Promise<number | undefined>((resolve, reject) => {
    socket.on("error", (error) => reject(outsideFailure(error, host)));
    socket.on("unexpected-response", (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on("open", () => resolve(undefined));
  });
  const refused = await withinTime({ host, timeoutMs, signal, onGiveUp: () => socket.terminate() }, opened);
  if (refused !== undefined) {
    socket.terminate();
    return { refused };
  }
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    async next(withinMs) {
      const deadline = AbortSignal.timeout(Math.ceil(withinMs));
      while (kept.length === 0 && closeCode === undefined && !deadline.aborted) {
        signal?.throwIfAborted();
        const until = AbortSignal.any([deadline, ...(signal ? [signal] : [])]);
        await once(news, "news", { signal: until }).catch(() => undefined);
      }
      return kept.shift();
    },
    get closeCode() {
      return closeCode;
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
    },
  };
}
