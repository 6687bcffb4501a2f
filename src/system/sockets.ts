import * as net from "node:net";
import * as tls from "node:tls";
import type { Sockets } from "../model/doors.ts";
import { lookupWithLoopback } from "./loopback-lookup.ts";
import { outsideFailure, withinTime } from "./outside-failure.ts";
import { describePeer } from "./tls-peer.ts";
import { createTrust } from "./trust.ts";
import { askWebSocket } from "./web-socket.ts";
import { openWebSocketTalk } from "./web-socket-talk.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1_048_576;

interface Place {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export function openSockets(): Sockets {
  const trust = createTrust();
  const trusting = (ca: string | undefined): tls.ConnectionOptions =>
    ca === undefined ? {} : { secureContext: trust(ca) };

  return {
    async connect(place) {
      const started = performance.now();
      const socket = net.connect({ host: place.host, port: place.port, lookup: lookupWithLoopback });
      return within(place, socket, "connect", () => performance.now() - started);
    },
    async handshake(place) {
      const { minVersion, maxVersion } = place;
      const isOld = maxVersion === "TLSv1.1" || minVersion === "TLSv1";
      const socket = tls.connect({
        ...tlsPlace(place),
        rejectUnauthorized: false,
        // A context of its own, because versions are part of it; level 0 lets OpenSSL 3 offer old ones at all.
        ...(minVersion === undefined && maxVersion === undefined
          ? trusting(place.ca)
          : {
              ca: [...tls.getCACertificates("default"), ...(place.ca === undefined ? [] : [place.ca])],
              ...(minVersion === undefined ? {} : { minVersion }),
              ...(maxVersion === undefined ? {} : { maxVersion }),
              ...(isOld ? { ciphers: "DEFAULT@SECLEVEL=0" } : {}),
            }),
      });
      return within(place, socket, "secureConnect", () => describePeer(socket));
    },
    async exchange(place) {
      const socket = place.tls
        ? tls.connect({
            ...tlsPlace(place),
            ...trusting(place.ca),
            ...(place.alpn && { ALPNProtocols: [...place.alpn] }),
          })
        : net.connect({ host: place.host, port: place.port, lookup: lookupWithLoopback });
      return exchange(place, socket, place.tls ? "secureConnect" : "connect");
    },
    webSocket: (request) => askWebSocket(request, trusting(request.ca)),
    talk: (request) => openWebSocketTalk(request, trusting(request.ca)),
  };
}

function tlsPlace({ host, port }: Place): tls.ConnectionOptions {
  return { host, port, lookup: lookupWithLoopback, servername: net.isIP(host) ? "" : host };
}

async function within<T>(
  place: Place,
  socket: net.Socket,
  event: "connect" | "secureConnect",
  read: () => T,
): Promise<T> {
  const host = `${place.host}:${place.port}`;
  const work = new Promise<T>((resolve, reject) => {
    socket.once(event, () => resolve(read()));
    socket.on("error", (error) => reject(outsideFailure(error, host)));
    socket.once("close", () => reject(outsideFailure({ code: "ECONNRESET" }, host)));
  });
  try {
    return await withinTime(limitsOf(place, host, socket), work);
  } finally {
    socket.destroy();
  }
}

/** Time running out after the connection was made is an answer: what came so far. */
async function exchange(
  place: Place & { send: string | Uint8Array },
  socket: net.Socket,
  event: "connect" | "secureConnect",
): Promise<Uint8Array> {
  const host = `${place.host}:${place.port}`;
  const chunks: Buffer[] = [];
  let size = 0;
  let connected = false;
  const work = new Promise<void>((resolve, reject) => {
    socket.once(event, () => {
      connected = true;
      socket.write(place.send);
    });
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) resolve();
    });
    socket.on("error", (error) => reject(outsideFailure(error, host)));
    socket.once("close", () => resolve());
  });
  try {
    await withinTime(limitsOf(place, host, socket), work);
  } catch (thrown) {
    if (!connected || place.signal?.aborted) throw thrown;
  } finally {
    socket.destroy();
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function limitsOf(place: Place, host: string, socket: net.Socket): Parameters<typeof withinTime>[0] {
  return {
    host,
    timeoutMs: place.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    signal: place.signal,
    onGiveUp: () => socket.destroy(),
  };
}
