import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { createAuthority } from "../../test/fixtures/certificates.ts";
import { rawAnswer, serve, slow } from "../../test/fixtures/http-servers.ts";
import { openSockets } from "./sockets.ts";

const sockets = openSockets();

test("connecting takes a measured time or fails with the host", async () => {
  await using server = await slow(60_000);
  expect(await sockets.connect({ host: "any.localhost", port: server.port })).toBeGreaterThan(0);
  await expect(sockets.connect({ host: "127.0.0.1", port: 1 })).rejects.toMatchObject({
    host: "127.0.0.1:1",
  });
});

test("a handshake shows certificate, protocol and whether it is trusted", async () => {
  const authority = await createAuthority();
  const certificate = await authority.issue({ names: ["app.localhost", "www.localhost"], untilDays: 10 });
  await using server = await serve((_, response) => response.end(), { certificate });
  const place = { host: "app.localhost", port: server.port };
  const peer = await sockets.handshake({ ...place, ca: authority.ca });
  expect(peer).toMatchObject({
    protocol: "TLSv1.3",
    authorized: true,
    authorizationError: undefined,
    subjectAltNames: ["DNS:app.localhost", "DNS:www.localhost"],
    issuer: "CN=Gonogo test authority",
    keyBits: 256,
    keyType: "ec",
    signatureAlgorithm: "ecdsa-with-SHA256",
  });
  expect(peer.notAfter - peer.notBefore).toBe(11 * 86_400_000);
  expect((await sockets.handshake({ ...place, ca: authority.ca, maxVersion: "TLSv1.2" })).protocol).toBe(
    "TLSv1.2",
  );
  const untrusted = await sockets.handshake(place);
  expect(untrusted.authorized).toBe(false);
  expect(untrusted.authorizationError).toBeTruthy();
});

test("a version the server does not speak, and a server that speaks no TLS, fail", async () => {
  const authority = await createAuthority();
  const certificate = await authority.issue({ names: ["app.localhost"] });
  await using server = await serve((_, response) => response.end(), { certificate });
  const old = {
    host: "app.localhost",
    port: server.port,
    maxVersion: "TLSv1.1",
    minVersion: "TLSv1",
  } as const;
  await expect(sockets.handshake(old)).rejects.toMatchObject({ name: "OutsideError" });
  await using plain = await rawAnswer("hello\r\n");
  await expect(sockets.handshake({ host: "127.0.0.1", port: plain.port })).rejects.toMatchObject({
    name: "OutsideError",
  });
});

test("an exchange gives what came until the close, or until the time was up", async () => {
  await using closing = await rawAnswer("+OK bye\r\n");
  const bytes = await sockets.exchange({ host: "127.0.0.1", port: closing.port, send: "QUIT\r\n" });
  expect(new TextDecoder().decode(bytes)).toBe("+OK bye\r\n");
  await using silent = await rawAnswer(undefined);
  const nothing = { host: "127.0.0.1", port: silent.port, send: "?", timeoutMs: 50 };
  expect(await sockets.exchange(nothing)).toHaveLength(0);
});

test("a WebSocket that opens, greets, closes or is refused", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (socket, request) => {
    if (request.url === "/greets") socket.send("hello");
    if (request.url === "/closes") socket.close(4_401);
  });
  const url = `ws://app.localhost:${(server.address() as AddressInfo).port}`;
  const opened = { status: 101, opened: true, firstMessage: undefined, closeCode: undefined };
  expect(await sockets.webSocket({ url: `${url}/` })).toEqual(opened);
  const greets = { url: `${url}/greets`, waitForMessageMs: 5_000 };
  expect(await sockets.webSocket(greets)).toEqual({ ...opened, firstMessage: "hello" });
  const closes = { url: `${url}/closes`, waitForMessageMs: 5_000 };
  expect(await sockets.webSocket(closes)).toEqual({ ...opened, closeCode: 4_401 });
  server.close();
  await using refusing = await serve((_, response) => response.writeHead(401).end());
  const answer = await sockets.webSocket({ url: refusing.url.replace("http", "ws") });
  expect(answer).toMatchObject({ status: 401, opened: false });
  await expect(sockets.webSocket({ url: "ws://127.0.0.1:1" })).rejects.toMatchObject({ host: "127.0.0.1:1" });
});
