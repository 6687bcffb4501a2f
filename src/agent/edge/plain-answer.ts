import type { IncomingMessage, ServerResponse } from "node:http";
import { http } from "../../system/node-http.ts";

const LINGER_MS = 500;
const LINGER_BYTES = 64 * 1_024 * 1_024;

/** What the edge says by itself: the status in words and nothing of the inside. No-op when an answer has begun. */
export function answerPlainly(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...plainHeaders(status), ...headers });
  response.end(bodyOf(status));
}

/**
 * Refuses a request whose body is still coming. The connection closes, but only after what the client is sending
 * was read (within bounds): closing on unread bytes resets the connection and takes the answer with it.
 */
export function refuseBody(request: IncomingMessage, response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...plainHeaders(status), connection: "close" });
  response.write(bodyOf(status));
  // The client was waiting for leave to send it.
  if (request.headers.expect !== undefined) return void response.end();
  let read = 0;
  const finish = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(finish, LINGER_MS);
  request.on("data", (chunk: Buffer) => {
    read += chunk.length;
    timer.refresh();
    if (read > LINGER_BYTES) finish();
  });
  request.once("end", finish).once("close", finish);
}

/** The same as raw bytes, for a connection whose request could not even be read. */
export function rawAnswer(status: number): string {
  const headers = Object.entries({ ...plainHeaders(status), connection: "close" });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n${lines}\r\n${bodyOf(status)}`;
}

function bodyOf(status: number): string {
  return `${status} ${http.STATUS_CODES[status]}\n`;
}

function plainHeaders(status: number): Record<string, string> {
  return {
    "content-type": "text/plain; charset=utf-8",
    "content-length": String(bodyOf(status).length),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(status === 503 ? { "retry-after": "1" } : {}),
  };
}
