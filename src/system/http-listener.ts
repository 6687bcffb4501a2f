import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { messageOf, UserError } from "../model/errors.ts";
import { http } from "./node-http.ts";

export interface ListenerRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What follows the "?", or nothing. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** IP address of the other end. */
  readonly remote: string;
  /** UTF-8 of the body, at most so much of it; the rest is read and thrown away. */
  readText(maxBytes: number): Promise<string>;
  /** Aborted when the other end is gone. */
  readonly signal: AbortSignal;
}

export interface ListenerAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream is sent piece by piece as it comes, as server-sent events are. */
  readonly body?: string | Uint8Array | AsyncIterable<string>;
  /** Somebody asks too much: the answer is kept waiting and the connection closed after it. */
  readonly isUnwelcome?: boolean;
}

/** Undefined: not mine. The first that answers is the answer. */
export type ListenerHandler = (request: ListenerRequest) => Promise<ListenerAnswer | undefined>;

export interface HttpListener extends AsyncDisposable {
  readonly port: number;
}

const UNWELCOME_WAIT_MS = 1_000;
const MOST_WAITING = 500;
const CLOSE_LIMIT_MS = 2_000;

/** Serves HTTP/1.1 on one address. Throws UserError when the port is taken. */
export async function openHttpListener(options: {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly handlers: readonly ListenerHandler[];
  readonly onTrouble: (text: string) => void;
}): Promise<HttpListener> {
  const { host, port, handlers, onTrouble } = options;
  let keptWaiting = 0;
  const server = http.createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 30_000, maxHeaderSize: 16_384 },
    (request, response) => void serve(request, response),
  );
  server.maxRequestsPerSocket = 10_000;
  server.on("clientError", (_, socket: Socket) => socket.destroy());

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const asked = askedOf(request, response);
      let answer: ListenerAnswer | undefined;
      for (const handler of handlers) {
        answer = await handler(asked);
        if (answer) break;
      }
      await send(request, response, answer ?? { status: 404, body: "not found\n" });
    } catch (thrown) {
      onTrouble(`${request.method} ${request.url?.split("?")[0]?.slice(0, 100)}: ${messageOf(thrown)}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-type": "text/plain" }).end("failed\n");
    }
  }

  async function send(
    request: IncomingMessage,
    response: ServerResponse,
    answer: ListenerAnswer,
  ): Promise<void> {
    const { status, headers = {}, body = "", isUnwelcome } = answer;
    if (isUnwelcome) {
      // Waiting costs whoever knocks without end a connection, and us nothing; past a limit not even that.
      if (keptWaiting >= MOST_WAITING) return void response.destroy();
      keptWaiting += 1;
      await new Promise((resolve) => setTimeout(resolve, UNWELCOME_WAIT_MS));
      keptWaiting -= 1;
      response.shouldKeepAlive = false;
    }
    request.resume();
    const isText = typeof body === "string" || body instanceof Uint8Array;
    response.writeHead(status, {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      ...(isText ? { "content-length": String(Buffer.byteLength(body)) } : {}),
      ...headers,
    });
    if (isText) return void response.end(request.method === "HEAD" ? undefined : body);
    response.flushHeaders();
    for await (const piece of body) {
      if (response.destroyed) return;
      if (!response.write(piece))
        await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
    }
    response.end();
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new UserError(`port ${port} on ${host} is taken`, {
              where: "watch.listen",
              fix: `choose another: watch: { listen: "${host}:${port + 1}" }`,
            })
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const limit = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT_MS);
      await closed;
      clearTimeout(limit);
    },
  };
}

function askedOf(request: IncomingMessage, response: ServerResponse): ListenerRequest {
  const [path = "/", query = ""] = splitOnce(request.url ?? "/");
  let gone: AbortController | undefined;
  return {
    method: request.method ?? "GET",
    path,
    query,
    headers: request.headers,
    remote: request.socket.remoteAddress ?? "",
    readText: (maxBytes) => readText(request, maxBytes),
    get signal() {
      if (!gone) {
        const made = new AbortController();
        response.once("close", () => made.abort(new Error("the other end is gone")));
        gone = made;
      }
      return gone.signal;
    },
  };
}

function splitOnce(url: string): [string, string] {
  const at = url.indexOf("?");
  return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at + 1)];
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (size < maxBytes) chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
  }
  return Buffer.concat(chunks).toString("utf8");
}
