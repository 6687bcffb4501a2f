import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Tokens } from "../accounts/tokens.ts";
import type { TellError } from "../errors.ts";
import { type Log, reasonOf } from "../log.ts";
import type { Quotas } from "../quotas/quota.ts";
import { type Answer, json, Refusal, refuse } from "./answer.ts";
import { readBody } from "./body.ts";
import { encode, preferredEncoding } from "./encoding.ts";
import { corsHeaders, type HostRules, hostOf, isAllowedHost, PREFLIGHT_HEADERS } from "./origins.ts";
import { callerOf, type RateLimit } from "./rate-limit.ts";
import type { Router } from "./route.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

const METHODS = ["GET", "HEAD", "POST", "DELETE", "OPTIONS"];
/** Asked by the machine beside us, which knows us by address and not by name. */
const HOSTLESS = new Set(["/api/health", "/api/ready"]);

export interface ListenerWorld {
  readonly router: Router;
  readonly tokens: Tokens;
  readonly quotas: Quotas;
  readonly rateLimit: RateLimit;
  readonly rules: HostRules;
  readonly log: Log;
  readonly tellError: TellError;
  isStopping(): boolean;
}

/** The HTTP side of the API: everything a request meets before and after its route. */
export function createListener(world: ListenerWorld): Server {
  const { log } = world;
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024, keepAliveTimeout: 65_000 },
    (message, response) => void answerTo(message, response),
  );
  server.on("clientError", refuseUnreadable);

  async function answerTo(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const id = requestIdOf(message);
    const path = pathOf(message);
    const answer = await answerOf(message, path).catch((thrown: unknown) =>
      answerForThrown(thrown, path, id),
    );
    send(message, response, encode(answer, preferredEncoding(message.headers["accept-encoding"])), id);
    log.info("request", {
      requestId: id,
      method: message.method ?? "",
      path,
      status: answer.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
    });
  }

  async function answerOf(message: IncomingMessage, path: string): Promise<Answer> {
    const { router, rules, rateLimit, tokens, quotas } = world;
    const { headers, method = "" } = message;
    if (!METHODS.includes(method)) return notAllowed(METHODS);
    if (!HOSTLESS.has(path) && !isAllowedHost(hostOf(headers), rules))
      throw new Refusal(421, "unknown-host", "this application does not answer to that name");
    const known = router.methods(path);
    if (method === "OPTIONS") return preflight(headers, known);
    const match = router.match(method, path);
    if (!match && known.length > 0) return notAllowed([...known, "OPTIONS"]);
    if (!match) throw new Refusal(404, "not-found", "there is nothing here");
    const { route, params } = match;
    const caller = callerOf(headers["x-forwarded-for"], message.socket.remoteAddress);
    if (route.limit) await rateLimit.spend(`${method} ${route.path}`, caller, route.limit);
    const person = route.access === "public" ? "" : await tokens.personOf(headers.authorization);
    const request = {
      id: requestIdOf(message),
      method,
      origin: `https://${hostOf(headers)}`,
      params,
      headers,
      body: await readBody(message, route.maxBodyBytes),
      person,
    };
    if (!route.quota) return route.handle(request);
    await quotas.check(person, route.quota);
    let answer: Answer;
    try {
      answer = await route.handle(request);
    } catch (thrown) {
      // What we refuse is no failure of ours.
      if (!(thrown instanceof Refusal)) await quotas.tell(route.quota, "failed");
      throw thrown;
    }
    await quotas.track(person, route.quota);
    await quotas.tell(route.quota, "succeeded");
    return answer;
  }

  function answerForThrown(thrown: unknown, path: string, id: string): Answer {
    if (thrown instanceof Refusal) return refuse(thrown);
    log.error("request failed", { requestId: id, path, reason: reasonOf(thrown) });
    world.tellError(thrown, { path, requestId: id });
    return json(500, { error: "internal", message: "something went wrong here", requestId: id });
  }

  function send(message: IncomingMessage, response: ServerResponse, answer: Answer, id: string): void {
    const headers: Record<string, string | readonly string[]> = {
      ...SECURITY_HEADERS,
      "x-request-id": id,
      ...answer.headers,
      ...corsHeaders(message.headers.origin, world.rules),
      vary: [answer.headers?.vary, "Origin"].filter(Boolean).join(", "),
    };
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
