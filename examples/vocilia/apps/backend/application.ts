import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { openDatabase } from "./database.ts";
import { SECURITY_HEADERS } from "./headers.ts";
import { Refusal, type Route, routesOf } from "./routes.ts";
import type { Settings } from "./settings.ts";
import { createTokens, type Person } from "./tokens.ts";

export type Log = (level: "info" | "warn" | "error", message: string, fields?: object) => void;

export interface Application {
  /** Not listening yet. */
  readonly server: Server;
  /** Takes nothing new, finishes what is in flight, then lets go of everything. */
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const MOST_BODY_BYTES = 64 * 1024;
const NOBODY: Person = { id: "", role: "customer" };
const COUNT = `
insert into rate_window as w (caller, began_at) values ($1, now())
on conflict (caller) do update set
  asked = case when w.began_at < now() - interval '10 seconds' then 1 else w.asked + 1 end,
  began_at = case when w.began_at < now() - interval '10 seconds' then now() else w.began_at end
returning asked`;

export function openApplication(settings: Settings, log: Log): Application {
  const onIdleError = ({ message }: Error) => log("warn", "idle connection lost", { reason: message });
  const database = openDatabase({
    url: settings.databaseUrl,
    poolMax: settings.databasePoolMax,
    onIdleError,
  });
  const tokens = createTokens(settings.jwtSecret);
  const { release } = settings;
  let stopping = false;
  const routes: readonly Route[] = [
    ...routesOf({ database, tokens }),
    ...(settings.allowProbes
      ? [
          {
            method: "GET" as const,
            path: /^\/api\/probe\/broken$/,
            handle: () => Promise.reject(new Error("broken on purpose")),
          },
        ]
      : []),
  ];

  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024, keepAliveTimeout: 65_000 },
    (message, response) => void answerTo(message, response),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const status =
      error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
    const headers = Object.entries({ ...SECURITY_HEADERS, connection: "close", "content-length": "0" });
    if (socket.writable)
      socket.end(`HTTP/1.1 ${status}\r\n${headers.map((pair) => `${pair.join(": ")}\r\n`).join("")}\r\n`);
  });

  async function answerTo(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const { headers, method = "" } = message;
    const path = (message.url ?? "/").split("?")[0] ?? "/";
    const given = headers["x-request-id"];
    const requestId = typeof given === "string" && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    const {
      status,
      headers: own,
      body,
    } = await answerOf(message, path).catch((thrown: unknown): Answer => {
      if (thrown instanceof Refusal)
        return { status: thrown.status, headers: thrown.headers, body: { error: thrown.message } };
      log("error", "request failed", {
        requestId,
        path,
        reason: thrown instanceof Error ? thrown.message : "",
      });
      return { status: 500, body: { error: "something went wrong here", requestId } };
    });
    const text = body === undefined ? "" : JSON.stringify(body);
    response.writeHead(status, {
      ...SECURITY_HEADERS,
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      vary: "Origin",
      "x-request-id": requestId,
      ...corsHeaders(headers.origin),
      ...(status !== 204 && { "content-length": Buffer.byteLength(text) }),
      ...((stopping || !message.complete) && { connection: "close" }),
      ...own,
    });
    response.end(method === "HEAD" ? undefined : text);
    log("info", "request", { requestId, method, path, status, ms: Math.round(performance.now() - started) });
  }

  async function answerOf(message: IncomingMessage, path: string): Promise<Answer> {
    const { headers, method = "" } = message;
    if (path === "/api/health") return { status: stopping ? 503 : 200, body: { status: "ok", release } };
    if (path === "/api/ready") return await readiness();
    const host = headers["x-forwarded-host"] ?? headers.host ?? "";
    if (!settings.allowedHosts.includes(String(host).replace(/:\d+$/, "")))
      throw new Refusal(421, "this application does not answer to that name");
    const here = routes.filter((route) => route.path.test(path));
    const allow = [
      ...here.map((route) => route.method),
      ...(here.length > 0 ? ["HEAD", "OPTIONS"] : []),
    ].join(", ");
    if (method === "OPTIONS")
      return { status: 204, headers: { allow: allow || "GET, HEAD, OPTIONS", ...preflight(headers.origin) } };
    const candidates = here.filter((each) => each.method === (method === "HEAD" ? "GET" : method));
    if (here.length === 0 && ["GET", "HEAD", "POST"].includes(method))
      throw new Refusal(404, "there is nothing here");
    if (candidates.length === 0)
      return {
        status: 405,
        headers: { allow: allow || "GET, HEAD, POST, OPTIONS" },
        body: { error: "not by this method" },
      };
    const [route] = candidates;
    if (!route) throw new Refusal(404, "there is nothing here");
    if (route.perTenSeconds !== undefined) await spend(message, path, route.perTenSeconds);
    const person = await tokens.personOf(headers.authorization);
    if (route.role !== undefined && !person)
      return { status: 401, headers: { "www-authenticate": "Bearer" }, body: { error: "sign in first" } };
    if (route.role !== undefined && person?.role !== route.role) throw new Refusal(403, "not with this role");
    const body = method === "POST" ? await readJson(message) : {};
    const params = route.path.exec(path)?.groups ?? {};
    return { status: 200, body: await route.handle({ person: person ?? NOBODY, params, body }) };
  }

  async function readiness(): Promise<Answer> {
    const late = new Promise((_, reject) => setTimeout(reject, 2_000, new Error("no answer in 2 s")).unref());
    const isUp = await Promise.race([database.ping(), late]).then(
      () => true,
      () => false,
    );
    const told = {
      status: isUp && !stopping ? "ready" : "not ready",
      database: isUp ? "up" : "down",
      release,
    };
    return { status: isUp && !stopping ? 200 : 503, body: told };
  }

  async function spend({ headers, socket }: IncomingMessage, path: string, most: number): Promise<void> {
    // The edge appends the address it saw: only the last one was written by somebody we trust.
    const address =
      String(headers["x-forwarded-for"] ?? "")
        .split(",")
        .at(-1)
        ?.trim() || socket.remoteAddress;
    const [row] = await database.as("system", "", (query) =>
      query<{ asked: number }>(COUNT, [`${path.split("/", 3).join("/")} ${address}`]),
    );
    if ((row?.asked ?? 0) > most) throw new Refusal(429, "too many requests", { "retry-after": "10" });
  }

  function corsHeaders(origin: string | undefined): Record<string, string> {
    if (origin === undefined || !settings.allowedOrigins.includes(origin)) return {};
    return { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" };
  }

  function preflight(origin: string | undefined): Record<string, string> {
    if (corsHeaders(origin)["access-control-allow-origin"] === undefined) return {};
    return {
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "authorization, content-type",
      "access-control-max-age": "600",
    };
  }

  return {
    server,
    async stop() {
      stopping = true;
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await database.close();
    },
  };
}

async function readJson(message: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= MOST_BODY_BYTES) parts.push(part);
    // A little too much is read to its end: who is cut off in the middle never sees the answer.
    if (size > 8 * MOST_BODY_BYTES) break;
  }
  if (size > MOST_BODY_BYTES) throw new Refusal(413, `at most ${MOST_BODY_BYTES} bytes`);
  if (size === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Falls through to the refusal below.
  }
  throw new Refusal(400, "the body is not a JSON object");
}
