import type { Agent, IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";
import type { Http, HttpRequest, HttpResponse } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { lookupWithLoopback } from "./loopback-lookup.ts";
import { http, https } from "./node-http.ts";
import { codeOf, outsideFailure, withinTime } from "./outside-failure.ts";
import { createTrust } from "./trust.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_BODY_BYTES = 1_048_576;
const MAX_HEADER_BYTES = 65_536;

type Agents = ReturnType<typeof createAgents>;

export function openHttp(): Http & AsyncDisposable {
  const agents = createAgents();
  return {
    send: (request) => send(request, agents),
    async [Symbol.asyncDispose]() {
      agents.close();
    },
  };
}

async function send(request: HttpRequest, agents: Agents): Promise<HttpResponse> {
  const url = parse(request.url);
  const method = (request.method ?? "GET").toUpperCase();
  const mayRepeat = method === "GET" || method === "HEAD" || method === "OPTIONS";
  try {
    return await sendOnce(request, url, method, agents);
  } catch (thrown) {
    // A pooled connection the server closed meanwhile says nothing about the server.
    if (mayRepeat && thrown instanceof StaleConnection) {
      return sendOnce({ ...request, fresh: true }, url, method, agents);
    }
    throw thrown;
  }
}

class StaleConnection extends OutsideError {}

function sendOnce(request: HttpRequest, url: URL, method: string, agents: Agents): Promise<HttpResponse> {
  const isSecure = url.protocol === "https:";
  const started = performance.now();
  const headers = { "user-agent": "gonogo", accept: "*/*", ...lowerCased(request.headers) };
  const outgoing = (isSecure ? https : http).request({
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? undefined : Number(url.port),
    path: url.pathname + url.search,
    method,
    headers: withLength(headers, method, request.body),
    maxHeaderSize: MAX_HEADER_BYTES,
    lookup: lookupWithLoopback,
    agent: agents.for({ isSecure, ca: request.ca, fresh: request.fresh ?? false }),
    // Set by hand: otherwise a Host header sent on purpose would change the name asked for in TLS.
    servername: isIP(url.hostname) ? "" : url.hostname,
    ...(url.username === ""
      ? {}
      : { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }),
  });
  const answer = new Promise<HttpResponse>((resolve, reject) => {
    const fail = (thrown: unknown): void => {
      const isStale =
        outgoing.reusedSocket && (codeOf(thrown) === "ECONNRESET" || codeOf(thrown) === "EPIPE");
      const failure = outsideFailure(thrown, url.host);
      reject(isStale ? new StaleConnection(failure.message, { host: url.host, retryable: true }) : failure);
    };
    const finish = (response: IncomingMessage, body: Uint8Array, truncated: boolean): void =>
      resolve({
        url: request.url,
        status: response.statusCode ?? 0,
        headerLines: pairs(response.rawHeaders),
        body,
        truncated,
        tookMs: performance.now() - started,
      });
    const hangUp = (response: IncomingMessage, socket: Socket): void => {
      socket.destroy();
      finish(response, new Uint8Array(), false);
    };
    outgoing.on("error", fail);
    outgoing.on("upgrade", hangUp);
    outgoing.on("connect", hangUp);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      const room = request.maxBodyBytes ?? DEFAULT_BODY_BYTES;
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, room - size));
        size += chunk.length;
        if (size <= room) return;
        finish(response, Buffer.concat(chunks), true);
        response.destroy();
      });
      response.on("end", () => finish(response, Buffer.concat(chunks), false));
      response.on("error", fail);
    });
  });
  outgoing.end(request.body);
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return withinTime(
    { host: url.host, timeoutMs, signal: request.signal, onGiveUp: () => outgoing.destroy() },
    answer,
  );
}

function parse(text: string): URL {
  const url = URL.parse(text);
  // The text stays out of the message: it may hold credentials.
  if (!url) throw new OutsideError(`an address of ${text.length} characters is not a URL`);
  if (url.protocol === "http:" || url.protocol === "https:") return url;
  throw new OutsideError(`${url.host || "the address"} is not asked over HTTP: ${url.protocol}`, {
    host: url.host,
  });
}

function lowerCased(headers: HttpRequest["headers"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function withLength(
  headers: Record<string, string>,
  method: string,
  body: HttpRequest["body"],
): Record<string, string> {
  const saysLength = "content-length" in headers || "transfer-encoding" in headers;
  if (saysLength || (body === undefined && (method === "GET" || method === "HEAD"))) return headers;
  return { ...headers, "content-length": String(Buffer.byteLength(body ?? "")) };
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as [string, string]] : [],
  );
}

function createAgents() {
  const trust = createTrust();
  const known = new Map<string, Agent>();
  return {
    for(wanted: { isSecure: boolean; ca: string | undefined; fresh: boolean }): Agent {
      const key = `${wanted.isSecure} ${wanted.fresh} ${wanted.ca ?? ""}`;
      const agent = known.get(key) ?? create(wanted);
      known.set(key, agent);
      return agent;
    },
    close(): void {
      for (const agent of known.values()) agent.destroy();
      known.clear();
    },
  };

  function create({
    isSecure,
    ca,
    fresh,
  }: {
    isSecure: boolean;
    ca: string | undefined;
    fresh: boolean;
  }): Agent {
    const pooling = { keepAlive: !fresh, maxFreeSockets: 16 };
    if (!isSecure) return new http.Agent(pooling);
    return new https.Agent({
      ...pooling,
      ...(fresh ? { maxCachedSessions: 0 } : {}),
      ...(ca === undefined ? {} : { secureContext: trust(ca) }),
    });
  }
}
