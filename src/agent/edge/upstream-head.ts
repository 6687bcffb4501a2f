import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { RequestTarget } from "./request-target.ts";

/** How the user reached us, as the application is told. */
export interface Origin {
  readonly proto: "http" | "https";
  /** The port in the address users type. */
  readonly port: number;
}

const OF_THIS_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  // Answered by the edge itself.
  "expect",
]);

/** Only the first trusted hop may say these; what a client sends is dropped. */
const SAID_BY_US: ReadonlySet<string> = new Set([
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-prefix",
  "x-forwarded-proto",
  "x-forwarded-scheme",
  "x-forwarded-server",
  "x-forwarded-ssl",
  "x-real-ip",
  "host",
]);

/** The head that goes to the upstream (RFC 9110 section 7.6), latin1. */
export function upstreamHead(
  request: IncomingMessage,
  target: RequestTarget,
  origin: Origin,
  upgrade: boolean,
): string {
  const raw = request.rawHeaders;
  const listed = listedByConnection(request.headers.connection);
  let hasId = false;
  let head = `${request.method} ${target.url} HTTP/1.1\r\nHost: ${target.authority}\r\n`;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] as string;
    const lower = name.toLowerCase();
    if (OF_THIS_CONNECTION.has(lower) || listed?.has(lower) || isOurs(lower)) continue;
    if (lower === "x-request-id") hasId = true;
    head += `${name}: ${raw[index + 1]}\r\n`;
  }
  if (request.headers["transfer-encoding"] !== undefined) head += "Transfer-Encoding: chunked\r\n";
  if (upgrade) head += "Connection: Upgrade\r\nUpgrade: websocket\r\n";
  if (!hasId) head += `X-Request-Id: ${randomUUID()}\r\n`;
  return `${head}X-Forwarded-For: ${peer(request)}\r\nX-Forwarded-Proto: ${origin.proto}\r\nX-Forwarded-Host: ${target.authority}\r\nX-Forwarded-Port: ${origin.port}\r\n\r\n`;
}

/** CGI-like servers read "X_Forwarded_For" as the same variable. */
function isOurs(lower: string): boolean {
  return SAID_BY_US.has(lower.includes("_") ? lower.replaceAll("_", "-") : lower);
}

function listedByConnection(value: string | undefined): ReadonlySet<string> | undefined {
  if (value === undefined || value === "keep-alive" || value === "close") return undefined;
  const names = value.split(",").map((each) => each.trim().toLowerCase());
  return new Set(names.filter((each) => each !== "content-length"));
}

function peer(request: IncomingMessage): string {
  const address = request.socket.remoteAddress ?? "unknown";
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
