import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Redis } from "ioredis";
import { type WebSocket, WebSocketServer } from "ws";
import { type HostRules, hostOf, isAllowedHost, isTrustedOrigin } from "../http/origins.ts";
import { SECURITY_HEADERS } from "../http/security-headers.ts";
import { type Log, reasonOf } from "../log.ts";
import { LIVE_CHANNEL } from "./publish.ts";
import { personOfLiveToken } from "./token.ts";

const PATH = "/live";
const PING_MS = 25_000;
const CLOSE_MS = 5_000;
/** RFC 6455 section 7.4.1 and its registry: the service restarts, come back. */
const RESTARTING = 1012;

export interface LiveSockets {
  readonly count: () => number;
  /** Tells every page to come back, and takes no new ones. */
  close(): void;
}

/** One WebSocket a page; what any instance publishes for a person reaches every page that person has open. */
export function openLiveSockets(world: {
  server: Server;
  jwtSecret: string;
  subscriber: Redis;
  rules: HostRules;
  log: Log;
}): LiveSockets {
  const { server, jwtSecret, subscriber, rules, log } = world;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024 });
  const pages = new Map<string, Set<WebSocket>>();
  let closing = false;

  server.on("upgrade", (message, stream, head) => void upgrade(message, stream, head));
  subscriber.on("pmessage", (_pattern: string, channel: string, text: string) => {
    const whose = channel.slice(LIVE_CHANNEL.length);
    for (const page of pages.get(whose) ?? []) page.send(text);
  });
  subscriber.psubscribe(`${LIVE_CHANNEL}*`).catch((thrown: unknown) => {
    log.warn("live updates not subscribed", { reason: reasonOf(thrown) });
  });

  async function upgrade(message: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on("error", () => stream.destroy());
    const host = hostOf(message.headers);
    if (closing) return refuse(stream, "503 Service Unavailable");
    const url = new URL(message.url ?? "/", "http://unused");
    if (url.pathname !== PATH) return refuse(stream, "404 Not Found");
    if (!isAllowedHost(host, rules)) return refuse(stream, "421 Misdirected Request");
    const { origin } = message.headers;
    if (origin !== undefined && !isTrustedOrigin(origin, host, rules)) return refuse(stream, "403 Forbidden");
    const personId = await personOfLiveToken(url.searchParams.get("token") ?? "", jwtSecret);
    sockets.handleUpgrade(message, stream, head, (page) => welcome(page, personId));
  }

  /** A page without a token hears nothing but that. */
  function welcome(page: WebSocket, personId: string | undefined): void {
    page.on("error", () => page.terminate());
    page.send(JSON.stringify({ kind: "hello", signedIn: personId !== undefined }));
    if (personId === undefined) return;
    const mine = pages.get(personId) ?? new Set();
    pages.set(personId, mine.add(page));
    page.on("close", () => {
      mine.delete(page);
      if (mine.size === 0) pages.delete(personId);
    });
  }

  const pings = setInterval(() => {
    for (const page of sockets.clients) page.ping();
  }, PING_MS).unref();

  return {
    count: () => sockets.clients.size,
    close() {
      closing = true;
      clearInterval(pings);
      for (const page of sockets.clients) page.close(RESTARTING, "the service restarts");
      // A page that never answers the close must not hold the process.
      setTimeout(() => {
        for (const page of sockets.clients) page.terminate();
      }, CLOSE_MS).unref();
    },
  };
}

function refuse(stream: Duplex, status: string): void {
  const headers = Object.entries({ ...SECURITY_HEADERS, connection: "close", "content-length": "0" });
  stream.end(`HTTP/1.1 ${status}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
}
