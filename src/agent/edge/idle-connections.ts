import type { Server } from "node:http";
import type { Server as TlsServer } from "node:https";
import type { Socket } from "node:net";

/**
 * Keeps what idle connections hold small. Node gives every connection a parser of 7 kB for as long as it lives; past
 * `attached` idle ones, those that have been idle longest give theirs back and get one again with their next byte.
 */
export interface IdleConnections {
  /** Call it before anything else listens to a new connection's events. */
  greet(socket: Socket): void;
  /** A request came on it. */
  stir(socket: Socket): void;
  /** Nothing is being answered on it any more. */
  rest(socket: Socket): void;
  forget(socket: Socket): void;
}

type Listener = (...args: unknown[]) => void;

/** Node's own list of what its clocks watch. */
interface Connections {
  /** Parsers that are between two requests, with not a byte of the next. */
  idle(): readonly { readonly socket?: Socket }[];
}

/** Asking Node who is between two requests walks all of its list, so it is asked for many at once. */
const SHARE_AT_ONCE = 0.2;

export function createIdleConnections(
  server: Server | TlsServer,
  options: {
    readonly opened: "connection" | "secureConnection";
    readonly keepAliveMs: number;
    readonly attached: number;
  },
): IdleConnections {
  const { opened, keepAliveMs, attached } = options;
  const atOnce = Math.ceil(attached * SHARE_AT_ONCE) || 1;
  /** Longest idle first. */
  const idle = new Set<Socket>();
  /** What listened to a connection before Node's HTTP did. */
  const first = new WeakMap<Socket, readonly Listener[]>();

  function detachSome(): void {
    const free = new Set(
      connectionsOf(server)
        ?.idle()
        .map(({ socket }) => socket),
    );
    let left = atOnce;
    for (const socket of idle) {
      if (left-- === 0) return;
      idle.delete(socket);
      if (free.has(socket)) detach(socket);
    }
  }

  function detach(socket: Socket): void {
    const kept = first.get(socket);
    if (!kept || socket.destroyed || socket.writableEnded || socket.readableLength > 0) return;
    const ofHttp = listenersOf(socket).filter(([, listener]) => !kept.includes(listener));
    for (const [name, listener] of ofHttp) socket.off(name, listener);
    // What Node does when a connection ends: it takes the parser off. Only that this one has not ended.
    for (const [name, listener] of ofHttp) if (name === "close") listener.call(socket);
    socket.once("data", wake).once("end", leave).once("error", leave).setTimeout(keepAliveMs);
    socket.once("timeout", leave);
  }

  function wake(this: Socket, chunk: Buffer): void {
    this.off("end", leave).off("error", leave).off("timeout", leave);
    this.pause();
    server.emit(opened, this);
    this.unshift(chunk);
    this.resume();
  }

  return {
    greet: (socket) =>
      void first.set(
        socket,
        listenersOf(socket).map(([, listener]) => listener),
      ),
    stir: (socket) => void idle.delete(socket),
    rest(socket) {
      if (socket.destroyed) return;
      idle.add(socket);
      if (idle.size >= attached + atOnce) setImmediate(detachSome);
    },
    forget: (socket) => void idle.delete(socket),
  };
}

function leave(this: Socket): void {
  this.destroy();
}

function listenersOf(socket: Socket): (readonly [string | symbol, Listener])[] {
  return socket
    .eventNames()
    .flatMap((name) => socket.rawListeners(name).map((listener) => [name, listener as Listener] as const));
}

function connectionsOf(server: Server | TlsServer): Connections | undefined {
  const name = Object.getOwnPropertySymbols(server).find(
    ({ description }) => description === "http.server.connections",
  );
  const found: unknown = name && Reflect.get(server, name);
  return found instanceof Object && "idle" in found ? (found as Connections) : undefined;
}
