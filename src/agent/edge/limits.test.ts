import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { ask, exchange, openEdge, releaseOn, startUpstream, until } from "./edge.fixture.ts";

const echo = () => startUpstream((asked, response) => void asked.pipe(response));

test("headers past the limit are 431", async () => {
  await using upstream = await echo();
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { headerBytes: 2_000 },
  });
  expect((await ask(edge.port, { headers: { "x-long": "a".repeat(1_500) } })).status).toBe(200);
  const text = await exchange(edge.port, `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${"a".repeat(3_000)}\r\n\r\n`);
  expect(text).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
  expect(text).toMatch(/connection: close/);
});

test("a body announced past the limit is 413 and never reaches the application", async () => {
  let asked = 0;
  await using upstream = await startUpstream((_, response) => {
    asked += 1;
    response.end();
  });
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { bodyBytes: 1_000 },
  });
  expect((await ask(edge.port, { method: "POST", body: "a".repeat(1_000) })).status).toBe(200);
  expect(await ask(edge.port, { method: "POST", body: "a".repeat(1_000_000) })).toMatchObject({
    status: 413,
    body: "413 Payload Too Large\n",
  });
  expect(asked).toBe(1);
});

test("with Expect: 100-continue a body past the limit is refused before it is sent", async () => {
  await using upstream = await echo();
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { bodyBytes: 1_000 },
  });
  const text = await exchange(
    edge.port,
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n",
  );
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
});

test("a chunked body is counted as it comes", async () => {
  await using upstream = await startUpstream((asked, response) => {
    asked.resume().on("end", () => response.end("whole"));
  });
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { bodyBytes: 100_000 },
  });
  const send = async (blocks: number): Promise<number> => {
    const sent = request({ port: edge.port, method: "POST", agent: false });
    for (let block = 0; block < blocks; block++) sent.write(Buffer.alloc(10_000));
    sent.end();
    const [response] = await once(sent, "response");
    response.resume();
    return response.statusCode;
  };
  expect(await send(10)).toBe(200);
  expect(await send(11)).toBe(413);
  expect(edge.inFlight("r1").requests).toBe(0);
});

test("a header that comes too slowly is 408", async () => {
  await using upstream = await echo();
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { headersMs: 100 },
  });
  expect(await exchange(edge.port, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow")).toMatch(/^HTTP\/1\.1 408 /);
  expect(await exchange(edge.port, "")).toMatch(/^HTTP\/1\.1 408 /);
});

test("a body that stops coming is 408", async () => {
  await using upstream = await echo();
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { bodyIdleMs: 100 },
  });
  const sent = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n";
  expect(await exchange(edge.port, sent)).toMatch(/^HTTP\/1\.1 408 /);
  expect(edge.traffic(0)).toMatchObject([{ requests: 1, failed: 0 }]);
});

test("a request that takes too long as a whole is 408, however lively", async () => {
  await using upstream = await startUpstream((asked, response) => {
    asked.resume().on("end", () => response.end());
  });
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { headersMs: 100, requestMs: 200 },
  });
  const socket = connect(edge.port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
  const drip = setInterval(() => socket.write("a"), 10);
  const [answer] = await once(socket, "data");
  clearInterval(drip);
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
});

test("an application that does not answer in time is 504, an answer that stops is broken", async () => {
  await using upstream = await startUpstream((asked, response) => {
    if (asked.url === "/begins") response.write("begun");
  });
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { answerMs: 100, bodyIdleMs: 100 },
  });
  expect(await ask(edge.port)).toMatchObject({ status: 504, body: "504 Gateway Timeout\n" });
  expect(await ask(edge.port, { path: "/begins" })).toMatchObject({ broken: true, body: "begun" });
  expect(edge.troubles).toMatchObject([{ what: "upstream too slow", port: upstream.port }]);
  await until(() => edge.traffic(0)[0]?.failed === 2);
});

test("an idle keep-alive connection is ended", async () => {
  await using upstream = await echo();
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { keepAliveMs: 50 },
  });
  expect(await exchange(edge.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
});

test("connections past the limit are not taken", async () => {
  await using upstream = await echo();
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { connections: 2 },
  });
  const held = [connect(edge.port, "127.0.0.1"), connect(edge.port, "127.0.0.1")];
  await Promise.all(held.map((socket) => once(socket, "connect")));
  await expect(ask(edge.port)).rejects.toThrow();
  held[0]?.destroy();
  await until(() => held[0]?.closed === true);
  await expect
    .poll(() =>
      ask(edge.port).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  held[1]?.destroy();
});

const HEAD = "POST / HTTP/1.1\r\nHost: a\r\n";
test.each([
  ["a length and a coding", `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["two lengths", `${HEAD}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`],
  ["a list of lengths", `${HEAD}Content-Length: 4, 5\r\n\r\nabcde`],
  ["a signed length", `${HEAD}Content-Length: +4\r\n\r\nabcd`],
  ["a coding in disguise", `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ["a coding that is not last", `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ["another coding", `${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ["a space before the colon", `${HEAD}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
  ["a folded header", `${HEAD}X-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n`],
  ["a bare line feed", "POST / HTTP/1.1\nHost: a\nContent-Length: 0\n\n"],
  ["two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
  ["no host", "GET / HTTP/1.1\r\n\r\n"],
  ["a host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"],
  ["a target for another host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"],
])("a request with %s is refused", async (_, text) => {
  let asked = 0;
  await using upstream = await startUpstream((_request, response) => {
    asked += 1;
    response.end();
  });
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { headersMs: 300, keepAliveMs: 50 },
  });
  expect(await exchange(edge.port, text)).toMatch(/^HTTP\/1\.1 (400|501) /);
  expect(asked).toBe(0);
});

test("a body that breaks off in nonsense is 400, and the application sees it cut", async () => {
  let isCut = false;
  await using upstream = await startUpstream((asked) => {
    asked.on("error", () => {
      isCut = true;
    });
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const text = await exchange(
    edge.port,
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n0x5\r\nabcde\r\n0\r\n\r\n`,
  );
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  await until(() => isCut);
});

test("a client that reads only when it has sent everything still gets to read its refusal", async () => {
  await using upstream = await echo();
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { bodyBytes: 1_000 },
  });
  const socket = connect(edge.port, "127.0.0.1").pause();
  const body = Buffer.alloc(8_000_000);
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body, (error) => (error ? reject(error) : resolve()));
  });
  const answer = once(socket, "data");
  socket.resume();
  expect(String((await answer)[0])).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
});
