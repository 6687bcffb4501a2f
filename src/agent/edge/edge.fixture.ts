import { once } from "node:events";
import {
  type Agent,
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
} from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { findFreePort } from "../instances/free-port.ts";
import {
  createEdge,
  type Edge,
  type EdgeTrouble,
  type Limits,
  type Listeners,
  type RoutedRelease,
} from "./edge.ts";

/** A real application for the edge to stand before. */
export interface TestUpstream extends AsyncDisposable {
  readonly port: number;
  readonly server: Server;
}

export async function startUpstream(
  handler: RequestListener,
  options: { port?: number; keepAliveTimeout?: number } = {},
): Promise<TestUpstream> {
  const server = createServer({ keepAliveTimeout: options.keepAliveTimeout ?? 5_000 }, handler);
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    server,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A server below HTTP: each connection is handed over as it is. */
export async function startTcp(
  handler: (socket: Socket) => void,
): Promise<AsyncDisposable & { port: number }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    handler(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A port of 127.0.0.1 that nothing listens on. */
export function closedPort(): Promise<number> {
  return findFreePort(() => false);
}

export interface OpenEdge extends Edge {
  readonly port: number;
  readonly httpsPort: number | undefined;
  readonly troubles: EdgeTrouble[];
}

/** An edge on free ports, with the first release live. */
export async function openEdge(
  given: { releases?: RoutedRelease[]; limits?: Partial<Limits>; listeners?: Listeners } = {},
): Promise<OpenEdge> {
  const troubles: EdgeTrouble[] = [];
  const edge = createEdge({
    clock: { now: () => Date.now(), monotonicMs: () => performance.now() },
    onTrouble: (trouble) => troubles.push(trouble),
    ...(given.limits ? { limits: given.limits } : {}),
  });
  for (const release of given.releases ?? []) edge.put(release);
  edge.switchTo(given.releases?.[0]?.id);
  const { httpPort, httpsPort } = await edge.listen(given.listeners ?? { http: { port: 0 } });
  return { ...edge, port: httpPort ?? 0, httpsPort, troubles };
}

/** A release whose every request goes to these ports. */
export function releaseOn(id: string, ...ports: readonly number[]): RoutedRelease {
  return { id, routes: [{ prefix: "/", upstreams: ports.map((port) => ({ port })) }] };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** The answer ended before it was complete. */
  readonly broken: boolean;
}

export interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
}

/** One request, over a connection of its own unless an agent is given. Rejects when no answer came at all. */
export function ask(port: number, given: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { body, ...options } = given;
    const sent = request({ host: "127.0.0.1", port, agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      const settle = (broken: boolean): void =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
          broken,
        });
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => settle(false)).on("error", () => settle(true));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Sends bytes as they are and returns everything until the other side ends. */
export async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk)).on("error", () => socket.destroy());
  socket.write(text, "latin1");
  await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

/** Resolves once the condition holds; checked as often as the event loop turns. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}
