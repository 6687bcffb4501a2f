import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { expect, test } from "vitest";
import { localCertificate } from "./authority.ts";
import { until } from "./edge.fixture.ts";
import { createIdleConnections } from "./idle-connections.ts";

const GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const POST = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";

/** A server that keeps two idle connections ready, and clients that speak to it byte for byte. */
async function openServer(options: { tls?: boolean; keepAliveMs?: number } = {}) {
  const stack = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "gonogo-idle-"));
  stack.defer(() => rm(directory, { recursive: true }));
  const pair = options.tls ? await localCertificate({ directory, name: "idle", now: Date.now() }) : undefined;
  const server = pair ? createTlsServer(pair) : createServer();
  const opened = pair ? "secureConnection" : "connection";
  const idle = createIdleConnections(server, {
    opened,
    keepAliveMs: options.keepAliveMs ?? 60_000,
    attached: 2,
  });
  const sockets = new Set<Socket>();
  server.prependListener(opened, (socket: Socket) => {
    if (sockets.has(socket)) return;
    sockets.add(socket);
    socket.once("close", () => {
      sockets.delete(socket);
      idle.forget(socket);
    });
    idle.greet(socket);
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    idle.stir(request.socket);
    response.once("close", () => idle.rest(request.socket));
    request.resume().on("end", () => response.end(`${request.method}.`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stack.defer(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  async function client() {
    const to = { port: (server.address() as AddressInfo).port, host: "127.0.0.1" };
    const socket = pair ? connectTls({ ...to, ca: pair.ca, servername: "localhost" }) : connect(to);
    await once(socket, pair ? "secureConnect" : "connect");
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
    });
    const said = async (request: string, answers = 1): Promise<string> => {
      text = "";
      socket.write(request);
      await until(() => text.split("HTTP/1.1 ").length > answers && text.endsWith("."));
      return text;
    };
    stack.defer(() => void socket.destroy());
    return { socket, said };
  }
  /** Connections that hold a parser. */
  const holding = (): number => [...sockets].filter((each) => "parser" in each && each.parser).length;
  const clients = await Promise.all(Array.from({ length: 8 }, client));
  return { clients, sockets, holding, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test.each([{ tls: false }, { tls: true }])(
  "idle connections give their parser back, those idle longest first, and answer again: $tls",
  async (options) => {
    await using open = await openServer(options);
    for (const { said } of open.clients) expect(await said(GET)).toContain("GET.");
    await until(() => open.holding() === 2);
    for (const { said } of open.clients) expect(await said(POST)).toContain("POST.");
    for (const { said } of open.clients) expect(await said(GET + POST, 2)).toMatch(/GET\.(.|\r\n)*POST\./);
    await until(() => open.holding() === 2);
    expect(open.sockets.size).toBe(8);
  },
);

test("one with the first bytes of its next request keeps its parser", async () => {
  await using open = await openServer();
  const [first, ...others] = open.clients;
  expect(await first?.said(`${GET}GET / HT`)).toContain("GET.");
  for (const { said } of others) await said(GET);
  await until(() => open.holding() === 3);
  expect(await first?.said("TP/1.1\r\nHost: localhost\r\n\r\n")).toContain("GET.");
});

test("a client that leaves is let go", async () => {
  await using open = await openServer();
  for (const { said } of open.clients) await said(GET);
  await until(() => open.holding() === 2);
  open.clients[0]?.socket.end();
  open.clients[1]?.socket.resetAndDestroy();
  await until(() => open.sockets.size === 6);
});

test("one that stays silent for too long is ended, those with a parser by Node's own clock", async () => {
  await using open = await openServer({ keepAliveMs: 100 });
  for (const { said } of open.clients) await said(GET);
  await until(() => open.sockets.size === 2);
});
