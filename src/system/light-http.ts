import * as net from "node:net";
import * as tls from "node:tls";
import { OutsideError } from "../model/errors.ts";
import { createAnswerReader } from "./light-http-answer.ts";
import { lookupWithLoopback } from "./loopback-lookup.ts";
import { outsideFailure } from "./outside-failure.ts";
import { createTrust } from "./trust.ts";

export interface LightRequest {
  readonly url: URL;
  readonly timeoutMs: number;
  /** Sent as Host in place of the URL's own: "shop.example:8443". */
  readonly host?: string | undefined;
  /** PEM of an authority trusted besides the system's. */
  readonly ca?: string | undefined;
  /** A connection of its own, with a handshake of its own. */
  readonly fresh?: boolean;
}

export interface LightAnswer {
  readonly status: number;
  readonly tookMs: number;
  /** The answer's x-gonogo-release. */
  readonly release: string | undefined;
}

/**
 * GET and nothing else, for tens of thousands of monitors: a socket, a head, a length. Keeps connections. Bodies are
 * read and thrown away. Throws OutsideError.
 */
export interface LightHttp extends AsyncDisposable {
  get(request: LightRequest): Promise<LightAnswer>;
}

type Connection = net.Socket;

const KEPT_PER_ORIGIN = 256;
const KEPT = 1_024;
const BODY_LIMIT_BYTES = 1_048_576;

export function openLightHttp(): LightHttp {
  const trust = createTrust();
  const idle = new Map<string, Connection[]>();
  const open = new Set<Connection>();
  let kept = 0;

  function takeIdle(origin: string): Connection | undefined {
    const connections = idle.get(origin);
    for (;;) {
      const connection = connections?.pop();
      if (!connection) return undefined;
      kept -= 1;
      if (!connection.destroyed && connection.readyState === "open") return connection;
    }
  }

  function keep(origin: string, connection: Connection): void {
    const connections = idle.get(origin) ?? [];
    idle.set(origin, connections);
    if (kept >= KEPT || connections.length >= KEPT_PER_ORIGIN) {
      connection.destroy();
      return;
    }
    kept += 1;
    connections.push(connection);
  }

  function connect({ url, ca }: LightRequest): Connection {
    const isSecure = url.protocol === "https:";
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const address = {
      host,
      port: url.port === "" ? (isSecure ? 443 : 80) : Number(url.port),
      lookup: lookupWithLoopback,
    };
    const connection = isSecure
      ? tls.connect({
          ...address,
          servername: net.isIP(host) ? "" : host,
          ALPNProtocols: ["http/1.1"],
          ...(ca === undefined ? {} : { secureContext: trust(ca) }),
        })
      : net.connect(address);
    connection.setNoDelay(true);
    open.add(connection);
    // Nobody listens to a connection between two questions; its end must not be an uncaught error.
    connection.on("error", () => undefined);
    connection.once("close", () => open.delete(connection));
    return connection;
  }

  function exchange(request: LightRequest, connection: Connection): Promise<LightAnswer> {
    const { url, timeoutMs, host = url.host } = request;
    const startedMs = performance.now();
    return new Promise((resolve, reject) => {
      const reader = createAnswerReader(BODY_LIMIT_BYTES);
      const settle = (): void => {
        clearTimeout(timer);
        connection.removeListener("data", onData);
        connection.removeListener("error", onError);
        connection.removeListener("close", onClose);
      };
      const fail = (thrown: unknown): void => {
        settle();
        connection.destroy();
        reject(outsideFailure(thrown, url.host));
      };
      const finish = (mayKeep: boolean): void => {
        settle();
        if (mayKeep && request.fresh !== true) keep(url.origin, connection);
        else connection.destroy();
        resolve({ status: reader.status, release: reader.release, tookMs: performance.now() - startedMs });
      };
      const onData = (chunk: Buffer): void => {
        try {
          if (reader.take(chunk)) finish(reader.mayKeep);
        } catch (thrown) {
          fail(thrown);
        }
      };
      const onError = (error: Error): void => fail(error);
      const onClose = (): void => {
        if (reader.end()) finish(false);
        else fail(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
      };
      const timer = setTimeout(
        () => fail(new OutsideError(`${url.host} did not answer within ${timeoutMs} ms`, { host: url.host })),
        timeoutMs,
      );
      connection.on("data", onData);
      connection.on("error", onError);
      connection.on("close", onClose);
      connection.write(
        `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: gonogo\r\nAccept: */*\r\n` +
          `${request.fresh === true ? "Connection: close\r\n" : ""}\r\n`,
        "latin1",
      );
    });
  }

  return {
    async get(request) {
      const used = request.fresh === true ? undefined : takeIdle(request.url.origin);
      if (!used) return await exchange(request, connect(request));
      // Any failure on a connection that lay idle may be the idling's fault: asked once more on a new one.
      return await exchange(request, used).catch(() => exchange(request, connect(request)));
    },
    async [Symbol.asyncDispose]() {
      for (const connection of open) connection.destroy();
    },
  };
}
