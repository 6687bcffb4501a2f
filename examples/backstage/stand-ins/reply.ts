import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { PAGE_POLICY } from "./page.ts";

export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly location?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly url: URL;
  readonly form: URLSearchParams;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

/** Handlers by "GET /path"; a path that ends in "/*" takes everything below it. */
export type Handlers = Readonly<Record<string, (asked: Asked) => Promise<Reply> | Reply>>;

export function replyJson(status: number, value: unknown): Reply {
  return { status, type: "application/json", body: JSON.stringify(value) };
}
export function replyText(status: number, body: string): Reply {
  return { status, type: "text/plain; charset=utf-8", body };
}
export function replyPage(body: string): Reply {
  return { status: 200, type: "text/html; charset=utf-8", body };
}

export function listenerOf(base: string, handlers: Handlers): RequestListener {
  return async (message, response) => {
    try {
      const url = new URL(message.url ?? "/", base);
      const key = `${message.method} ${url.pathname}`;
      const handler = handlers[key] ?? handlers[key.replace(/[^/]*$/, "*")];
      const body = await readText(message);
      const asked = { url, form: new URLSearchParams(body), body, headers: message.headers };
      send(response, handler ? await handler(asked) : replyJson(404, { error: "not_found" }));
    } catch {
      send(response, replyJson(400, { error: "invalid_request" }));
    }
  };
}

function send(response: ServerResponse, { status, type, body, location, headers }: Reply): void {
  response.writeHead(status, {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": PAGE_POLICY,
    ...(type && { "content-type": type }),
    ...(location && { location }),
    ...headers,
  });
  response.end(body);
}

async function readText(message: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of message.setEncoding("utf8")) {
    text += String(part);
    if (text.length > 64 * 1024) throw new Error("too long");
  }
  return text;
}
