import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Server as TlsServer } from "node:https";
import { type AddressInfo, Server as NetServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { http, https } from "../../system/node-http.ts";
import { createIdleConnections } from "./idle-connections.ts";
import type { Limits } from "./limits.ts";
import { rawAnswer } from "./plain-answer.ts";
import { carriesBody } from "./request-body.ts";

/** A listening socket held by the parent (`fd`), or a port to open (0: any free one) on `host` (default 127.0.0.1). */
export type Door = { readonly fd: number } | { readonly port: number; readonly host?: string };

/** PEM texts. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
  /** Shown instead to clients that ask for one of these names ("*.shop.localhost"). */
  readonly forNames?: { readonly names: readonly string[]; readonly key: string; readonly cert: string };
}

export type Arrive = (
  request: IncomingMessage,
  response: ServerResponse,
  /** Set for a WebSocket handshake: what came behind it. */
  upgrade: Buffer | undefined,
) => void;

/** One listening socket with HTTP/1.1 on it. */
export interface PublicDoor {
  readonly port: number;
  useCertificate(pair: KeyPair): void;
  /** Accepts nothing more and asks clients to leave with their next answer; resolves when all have left. */
  shut(): Promise<void>;
  /** Ends every connection. */
  slam(): void;
}

const CERTIFICATE_RULES = {
  minVersion: "TLSv1.2",
  // AEAD with forward secrecy (RFC 9325 section 4.2): Node's own list still has CBC in it.
  ciphers: [
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    ...["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"].flatMap((each) => [
      `ECDHE-ECDSA-${each}`,
      `ECDHE-RSA-${each}`,
    ]),
  ].join(":"),
} as const;

/** Opens a door. Rejects when the port is taken. */
export async function openDoor(
  door: Door,
  options: {
    readonly pair: KeyPair | undefined;
    readonly limits: Limits;
    readonly arrive: Arrive;
    /** A plain door that only redirects has no WebSockets. */
    readonly upgrades: boolean;
  },
): Promise<PublicDoor> {
  const { limits, pair } = options;
  /** Every open connection, with what is being answered on it. */
  const sockets = new Map<Duplex, ServerResponse | undefined>();
  let isShut = false;

  function arrive(request: IncomingMessage, response: ServerResponse, upgrade: Buffer | undefined): void {
    const { socket } = request;
    sockets.set(socket, response);
    idle.stir(socket);
    response.once("close", () => {
      if (sockets.get(socket) !== response) return;
      // An idle connection must not hold on to its last request: there are thousands of them.
      sockets.set(socket, undefined);
      if (!upgrade) idle.rest(socket);
    });
    if (isShut) response.shouldKeepAlive = false;
    options.arrive(request, response, upgrade);
  }

  const settings = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: Math.max(limits.requestMs, limits.headersMs),
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: Math.max(20, Math.min(1_000, limits.headersMs / 4)),
    // Notices peers that vanished without a word, behind WebSockets that may be silent for an hour.
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    noDelay: true,
    optimizeEmptyRequests: true,
    shouldUpgradeCallback: (request: IncomingMessage) => options.upgrades && isHandshake(request),
  };
  const server: Server | TlsServer = pair
    ? https.createServer({ ...settings, ...contextOf(pair), handshakeTimeout: limits.headersMs })
    : http.createServer(settings);
  addNames(server, pair);
  server.maxConnections = limits.connections;
  // The count is bounded by the size; past Node's own bound headers would silently be left out.
  server.maxHeadersCount = 0;
  // What no other clock catches: a client that takes its whole answer and never reads it.
  server.timeout = limits.answerMs + limits.bodyIdleMs;
  server.on("request", (request, response) => arrive(request, response, undefined));
  server.on("checkContinue", (request, response) => arrive(request, response, undefined));
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, behind: Buffer) => {
    arrive(request, responseOn(request, socket as Socket), behind);
  });
  server.on("clientError", (error, socket) => refuseConnection(error, socket as Socket, sockets.get(socket)));
  const idle = createIdleConnections(server, {
    opened: pair ? "secureConnection" : "connection",
    keepAliveMs: limits.keepAliveMs,
    attached: limits.readyConnections,
  });
  // Over TLS there are two for each connection: the plain one is there before the handshake, requests come on the other.
  for (const opened of pair ? ["connection", "secureConnection"] : ["connection"]) {
    server.prependListener(opened, (socket: Socket) => {
      // It comes again when a connection wakes up.
      if (sockets.has(socket)) return;
      sockets.set(socket, undefined);
      socket.once("close", () => {
        sockets.delete(socket);
        idle.forget(socket);
      });
      idle.greet(socket);
    });
  }
  const closed = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const port = await listening(server, door);

  return {
    port,
    useCertificate(next) {
      if ("setSecureContext" in server) server.setSecureContext(contextOf(next));
      addNames(server, next);
    },
    shut() {
      if (!isShut) {
        isShut = true;
        for (const response of sockets.values()) {
          if (response && !response.headersSent) response.shouldKeepAlive = false;
        }
        // http.Server's own close() would also end idle connections, on which a request may be on its way.
        NetServer.prototype.close.call(server);
      }
      return closed;
    },
    slam() {
      server.close(() => undefined);
      for (const socket of sockets.keys()) socket.destroy();
    },
  };
}

function contextOf({ key, cert }: KeyPair): typeof CERTIFICATE_RULES & { key: string; cert: string } {
  return { ...CERTIFICATE_RULES, key, cert };
}

/** The last one added for a name is the one that counts. */
function addNames(server: Server | TlsServer, pair: KeyPair | undefined): void {
  if (!("addContext" in server) || !pair?.forNames) return;
  for (const name of pair.forNames.names) server.addContext(name, contextOf(pair.forNames));
}

/** One with a body is an ordinary request: its body and frames could not be told apart (RFC 6455 section 4.1). */
function isHandshake(request: IncomingMessage): boolean {
  return (
    request.method === "GET" &&
    request.headers.upgrade?.toLowerCase() === "websocket" &&
    !carriesBody(request)
  );
}

function listening(server: Server, door: Door): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const ready = (): void => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    };
    if ("fd" in door) server.listen({ fd: door.fd }, ready);
    else server.listen({ port: door.port, host: door.host ?? "127.0.0.1" }, ready);
  });
}

/** A handshake is answered like any request until somebody switches its protocol. */
function responseOn(request: IncomingMessage, socket: Socket): ServerResponse {
  const response = new http.ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once("finish", () => socket.destroySoon());
  socket.on("error", () => socket.destroy());
  return response;
}

function refuseConnection(
  error: NodeJS.ErrnoException,
  socket: Socket,
  response: ServerResponse | undefined,
): void {
  const isAnswering = response?.headersSent === true && !response.writableFinished;
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  // What was said so far still goes out; it is either a complete refusal or visibly cut short.
  if (isAnswering) return void socket.destroySoon();
  socket.end(rawAnswer(statusOf(error.code)), "latin1");
  // Time to read the answer: closing at once on unread bytes would take it back.
  setTimeout(() => socket.destroy(), 500).unref();
}

function statusOf(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return 400;
}
