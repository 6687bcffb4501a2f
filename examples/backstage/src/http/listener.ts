import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type Log, reasonOf } from "../log.ts";
import type { Identify } from "../people/identify.ts";
import type { Person } from "../people/person.ts";
import { type Answer, json, Refusal, refuse } from "./answer.ts";
import { readBody } from "./body.ts";
import { encode, preferredEncoding } from "./encoding.ts";
import { corsHeaders, type HostRules, hostOf, isAllowedHost, PREFLIGHT_HEADERS } from "./origins.ts";
import { callerOf, type RateLimit } from "./rate-limit.ts";
import type { Route, Router } from "./route.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import type { StaticFiles } from "./static-files.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];
/** Asked by the machine beside us, which knows us by address and not by name. */
const HOSTLESS = new Set(["/health", "/ready"]);

interface World {
  readonly router: Router;
  readonly files: StaticFiles;
  readonly identify: Identify;
  readonly rateLimit: RateLimit;
  readonly rules: HostRules;
  readonly log: Log;
  isStopping(): boolean;
}

/** The HTTP side of the application: everything a request meets before and after its route. */
export function createListener(world: World): Server {
  const { log } = world;
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024, keepAliveTimeout: 65_000 },
    (message, response) => void answerTo(message, response),
  );
  server.on("clientError", refuseUnreadable);

  async function answerTo(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const id = requestIdOf(message);
    const encoding = preferredEncoding(message.headers["accept-encoding"]);
    const path = pathOf(message);
    let answer: Answer;
    try {
      answer = await answerOf(message, path, id);
    } catch (thrown) {
      answer = answerForThrown(thrown, message, path, id);
    }
    send(message, response, encode(answer, encoding), id);
    log.info("request", {
      requestId: id,
      method: message.method ?? "",
      path,
      status: answer.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
    });
  }

  async function answerOf(message: IncomingMessage, path: string, id: string): Promise<Answer> {
    const { router, files, rules, rateLimit, identify } = world;
    const method = message.method ?? "";
    const { headers } = message;
    if (!METHODS.includes(method)) return notAllowed(METHODS);
    const host = hostOf(headers);
    if (!HOSTLESS.has(path) && !isAllowedHost(host, rules)) {
      throw new Refusal(421, "unknown-host", "this application does not answer to that name");
    }
    const known = router.methods(path);
    if (method === "OPTIONS") return preflight(headers, known);
    const match = router.match(method, path);
    if (!match) {
      if (known.length > 0) return notAllowed([...known, "OPTIONS"]);
      const encoding = preferredEncoding(headers["accept-encoding"]);
      const file = files.find(path, encoding);
      if (file && (method === "GET" || method === "HEAD")) return file;
      if (file) return notAllowed(["GET", "HEAD", "OPTIONS"]);
      if (path.startsWith("/api/")) throw new Refusal(404, "not-found", "there is nothing here");
      return files.page("404", 404, encoding);
    }
    const { route, params } = match;
    const caller = callerOf(headers["x-forwarded-for"], message.socket.remoteAddress);
    if (route.limit) await rateLimit.spend(`${method} ${route.path}`, caller, route.limit);
    const person = await identify(method, headers);
    admit(route, person);
    return route.handle({
      id,
      method,
      path,
      query: new URL(message.url ?? "/", "http://unused").searchParams,
      params,
      headers,
      client: caller,
      origin: `${protocolOf(headers, rules)}://${host}`,
      body: await readBody(message, route.maxBodyBytes),
      person,
    });
  }

  function answerForThrown(thrown: unknown, message: IncomingMessage, path: string, id: string): Answer {
    if (thrown instanceof Refusal) return refuse(thrown);
    log.error("request failed", { requestId: id, path, reason: reasonOf(thrown) });
    if (path.startsWith("/api/") || message.method !== "GET") {
      return json(500, { error: "internal", message: "something went wrong here", requestId: id });
    }
    return world.files.page("500", 500, preferredEncoding(message.headers["accept-encoding"]));
  }

  function send(message: IncomingMessage, response: ServerResponse, answer: Answer, id: string): void {
    const api = pathOf(message).startsWith("/api/");
    const headers: Record<string, string | readonly string[]> = {
      ...SECURITY_HEADERS,
      "x-request-id": id,
      ...answer.headers,
      ...(api && corsHeaders(message.headers.origin, world.rules)),
    };
    if (api) headers.vary = [answer.headers?.vary, "Origin"].filter(Boolean).join(", ");
    const length = answer.body === undefined ? 0 : Buffer.byteLength(answer.body);
    if (answer.status !== 204) headers["content-length"] = String(length);
    // A body we did not read would be taken for the next request; a process that stops waits for no next one.
    if (!message.complete || world.isStopping()) headers.connection = "close";
    response.writeHead(answer.status, headers as Record<string, string>);
    response.end(message.method === "HEAD" ? undefined : answer.body);
  }

  function preflight(headers: IncomingMessage["headers"], known: readonly string[]): Answer {
    const allowed = corsHeaders(headers.origin, world.rules)["access-control-allow-origin"] !== undefined;
    const allow = [...(known.length > 0 ? known : ["GET", "HEAD"]), "OPTIONS"].join(", ");
    return { status: 204, headers: { allow, ...(allowed && PREFLIGHT_HEADERS) } };
  }

  return server;
}

function admit(route: Route, person: Person | undefined): void {
  if (route.access === "public") return;
  if (!person) {
    throw new Refusal(401, "sign-in-needed", "sign in first", { "www-authenticate": "Cookie" });
  }
}

function notAllowed(allow: readonly string[]): Answer {
  return refuse(new Refusal(405, "method-not-allowed", "not by this method", { allow: allow.join(", ") }));
}

function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

function pathOf(message: IncomingMessage): string {
  const path = (message.url ?? "/").split("?")[0] ?? "/";
  return path.startsWith("/") ? path : "/";
}

function protocolOf(headers: IncomingMessage["headers"], rules: HostRules): string {
  const forwarded = headers["x-forwarded-proto"];
  if (forwarded === "https" || forwarded === "http") return forwarded;
  return new URL(rules.publicUrl).protocol.slice(0, -1);
}

/** What the parser could not read still gets a status and every security header. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === "HPE_HEADER_OVERFLOW"
      ? "431 Request Header Fields Too Large"
      : error.code === "HPE_INVALID_METHOD"
        ? "405 Method Not Allowed"
        : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
          ? "408 Request Timeout"
          : "400 Bad Request";
  const headers = Object.entries({ ...SECURITY_HEADERS, connection: "close", "content-length": "0" });
  const allow = status.startsWith("405") ? `allow: ${METHODS.join(", ")}\r\n` : "";
  socket.end(
    `HTTP/1.1 ${status}\r\n${allow}${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
  );
}
