import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { localCertificate } from "./authority.ts";
import { ask, exchange, openEdge, releaseOn, startTcp, startUpstream, until } from "./edge.fixture.ts";

function withSockets(server: Server): WebSocketServer {
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, request) => {
    socket.on("error", () => socket.terminate());
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.send(`hello ${request.headers["x-forwarded-for"]} ${request.url}`);
  });
  return sockets;
}

const open = async (port: number, path = "/"): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  const greeting = once(socket, "message");
  await once(socket, "open");
  await greeting;
  return socket;
};

test("messages pass both ways, small and large, with the release named in the handshake", async () => {
  await using upstream = await startUpstream((_, response) => response.end());
  withSockets(upstream.server);
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const socket = new WebSocket(`ws://127.0.0.1:${edge.port}/room?x=1`);
  const [[handshake], [greeting]] = await Promise.all([once(socket, "upgrade"), once(socket, "message")]);
  expect(handshake.headers["x-gonogo-release"]).toBe("r1");
  expect(String(greeting)).toBe("hello 127.0.0.1 /room?x=1");
  for (const size of [1, 125, 126, 65_535, 65_536, 3_000_000]) {
    socket.send(Buffer.alloc(size, 7));
    const [data] = await once(socket, "message");
    expect((data as Buffer).equals(Buffer.alloc(size, 7))).toBe(true);
  }
  expect(edge.inFlight("r1")).toEqual({ requests: 0, webSockets: 1, eventStreams: 0 });
  socket.close(4001, "mine");
  expect((await once(socket, "close"))[0]).toBe(4001);
  await until(() => edge.inFlight("r1").webSockets === 0);
  expect(edge.traffic(0)).toMatchObject([{ requests: 1, failed: 0 }]);
});

test("a handshake that the application refuses is passed on", async () => {
  await using upstream = await startUpstream((_, response) => response.writeHead(403).end("not yours"));
  upstream.server.on("upgrade", (_request, socket: Socket) => {
    socket.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 9\r\n\r\nnot yours");
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const text = await exchange(
    edge.port,
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\n\r\n",
  );
  expect(text).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
  expect(text).toMatch(/\r\n\r\nnot yours$/);
  await until(() => edge.inFlight("r1").requests === 0);
});

test("draining closes sockets with 1012, spread over the time, and new ones go to the live release", async () => {
  await using one = await startUpstream((_, response) => response.end());
  await using two = await startUpstream((_, response) => response.end());
  const first = withSockets(one.server);
  withSockets(two.server);
  const codesAtApplication: number[] = [];
  first.on("connection", (socket) => socket.on("close", (code) => codesAtApplication.push(code)));
  await using edge = await openEdge({ releases: [releaseOn("r1", one.port), releaseOn("r2", two.port)] });
  const sockets = await Promise.all(Array.from({ length: 40 }, () => open(edge.port)));
  const closes: { code: number; reason: string; step: number }[] = [];
  let step = 0;
  const ticker = setInterval(() => {
    step += 1;
  }, 20);
  for (const socket of sockets) {
    socket.on("close", (code, reason) => closes.push({ code, reason: String(reason), step }));
  }
  edge.switchTo("r2");
  const drained = await edge.drain("r1", 1_000);
  clearInterval(ticker);
  expect(drained).toMatchObject({ drained: true, cut: 0, webSocketsClosed: 40 });
  await until(() => closes.length === 40);
  expect(new Set(closes.map(({ code, reason }) => `${code} ${reason}`))).toEqual(
    new Set(["1012 service restart"]),
  );
  // Not all at once: the fullest moment has a small part of them.
  const perStep = Map.groupBy(closes, (close) => close.step);
  expect(Math.max(...[...perStep.values()].map((each) => each.length))).toBeLessThan(20);
  expect(perStep.size).toBeGreaterThan(5);
  await until(() => codesAtApplication.length === 40);
  expect(new Set(codesAtApplication)).toEqual(new Set([1012]));
  const again = await open(edge.port);
  expect(edge.inFlight("r2").webSockets).toBe(1);
  again.terminate();
});

test("the close frame waits for the end of a frame that is under way", async () => {
  let push: ((bytes: Buffer) => void) | undefined;
  await using upstream = await startTcp((socket) => {
    socket.once("data", () => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
      push = (bytes) => void socket.write(bytes);
    });
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const client = connect(edge.port, "127.0.0.1");
  const received: Buffer[] = [];
  client.on("data", (chunk) => received.push(chunk));
  const text = (): string => Buffer.concat(received).toString("latin1");
  client.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  await until(() => text().endsWith("\r\n\r\n"));
  const head = text().length;
  push?.(Buffer.from("\x82\x05he", "latin1"));
  await until(() => text().length === head + 4);
  const drained = edge.drain("r1", 2_000);
  // Long enough to have been asked to close, at the first twentieth of the time.
  await new Promise((resolve) => setTimeout(resolve, 300));
  push?.(Buffer.from("l", "latin1"));
  await until(() => text().length === head + 5);
  push?.(Buffer.from("lo\x82\x03not", "latin1"));
  await until(() => text().includes("service restart"));
  const frames = text().slice(head);
  expect(frames.startsWith("\x82\x05hello\x88\x11\x03\xf4service restart")).toBe(true);
  expect(frames).not.toContain("not");
  client.end();
  await drained;
});

test("whoever does not take part in closing is cut at the limit", async () => {
  await using upstream = await startUpstream((_, response) => response.end());
  withSockets(upstream.server);
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const deaf = connect(edge.port, "127.0.0.1");
  deaf.write(
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  deaf.on("error", () => deaf.destroy()).resume();
  await until(() => edge.inFlight("r1").webSockets === 1);
  const closed = once(deaf, "close");
  expect(await edge.drain("r1", 200)).toMatchObject({ webSocketsClosed: 1, cut: 0 });
  await closed;
});

test("an upgrade to anything else is an ordinary request", async () => {
  await using upstream = await startUpstream((asked, response) =>
    response.end(asked.headers.upgrade ?? "plain"),
  );
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const headers = { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AA" };
  expect((await ask(edge.port, { headers })).body).toBe("plain");
});

test("an application that dies ends its sockets", async () => {
  await using upstream = await startUpstream((_, response) => response.end());
  const sockets = withSockets(upstream.server);
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const socket = await open(edge.port);
  const closed = once(socket, "close");
  for (const each of sockets.clients) each.terminate();
  expect((await closed)[0]).toBe(1006);
  await until(() => edge.inFlight("r1").webSockets === 0);
});

test("a handshake with a body is an ordinary request", async () => {
  await using upstream = await startUpstream((asked, response) => {
    asked.resume().on("end", () => response.end(asked.headers.upgrade ?? "plain"));
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const text = await exchange(
    edge.port,
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nContent-Length: 3\r\n\r\nabc",
  );
  expect(text).toMatch(/^HTTP\/1\.1 200 OK.*plain$/s);
});

test("over TLS, at the public door and at a stage door, sockets work and close the same way", async () => {
  const directory = await mkdtemp(join(tmpdir(), "edge-"));
  const { ca, key, cert } = await localCertificate({ directory, name: "soulseer", now: Date.now() });
  await rm(directory, { recursive: true });
  await using upstream = await startUpstream((asked, response) =>
    response.end(asked.headers["x-forwarded-proto"]),
  );
  withSockets(upstream.server);
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    listeners: { https: { port: 0, key, cert } },
  });
  await using stage = await edge.stage("r1");
  const sockets = [edge.httpsPort, stage.httpsPort].map(
    (port) => new WebSocket(`wss://localhost:${port}/`, { ca, family: 4 }),
  );
  await Promise.all(sockets.map((socket) => once(socket, "message")));
  const closes = sockets.map((socket) => once(socket, "close"));
  expect(await edge.drain("r1", 300)).toMatchObject({ webSocketsClosed: 2, cut: 0 });
  for (const close of closes) expect((await close)[0]).toBe(1012);
});
