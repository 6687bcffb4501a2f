import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, type RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { ask, closedPort, openEdge, releaseOn, startTcp, startUpstream, until } from "./edge.fixture.ts";

const ok: RequestListener = (request, response) => {
  request.resume().on("end", () => response.end("ok"));
};
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

test.each(["GET", "POST"])("a refused connection sends a %s to another upstream", async (method) => {
  await using good = await startUpstream(ok);
  const bad = await closedPort();
  await using edge = await openEdge({ releases: [releaseOn("r1", bad, good.port)] });
  const body = method === "POST" ? { body: "payload" } : {};
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(edge.port, { method, ...body })));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(edge.troubles[0]).toMatchObject({ what: "upstream refused", port: bad, release: "r1" });
});

test("a request waits for an only instance that is being started again", async () => {
  const port = await closedPort();
  await using edge = await openEdge({ releases: [releaseOn("r1", port)] });
  const answer = ask(edge.port, { method: "POST", body: "kept meanwhile" });
  await until(() => edge.troubles.length > 0);
  await using _late = await startUpstream((request, response) => void request.pipe(response), { port });
  expect(await answer).toMatchObject({ status: 200, body: "kept meanwhile" });
});

test("an upstream that was taken out gets nothing until it is put back", async () => {
  await using one = await startUpstream((_, response) => response.end("one"));
  await using two = await startUpstream((_, response) => response.end("two"));
  await using edge = await openEdge({ releases: [releaseOn("r1", one.port, two.port)] });
  const bodies = async (): Promise<string[]> => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(edge.port)));
    return answers.map(({ body }) => body).toSorted();
  };
  expect(new Set(await bodies())).toEqual(new Set(["one", "two"]));
  edge.setReady("r1", one.port, false);
  expect(new Set(await bodies())).toEqual(new Set(["two"]));
  edge.put(releaseOn("r1", one.port, two.port));
  expect(new Set(await bodies())).toEqual(new Set(["two"]));
  edge.setReady("r1", two.port, false);
  const waiting = ask(edge.port);
  edge.setReady("r1", one.port, true);
  expect((await waiting).body).toBe("one");
});

test("no ready upstream for the time allowed is 503, a refusing one 502", async () => {
  const port = await closedPort();
  await using edge = await openEdge({ releases: [releaseOn("r1", port)], limits: { waitMs: 100 } });
  expect(await ask(edge.port)).toMatchObject({ status: 502, body: "502 Bad Gateway\n" });
  edge.setReady("r1", port, false);
  expect(await ask(edge.port)).toMatchObject({ status: 503, body: "503 Service Unavailable\n" });
  expect(edge.traffic(0)).toMatchObject([{ requests: 2, failed: 2 }]);
});

test("a request held back for a broken release goes to the one that replaces it", async () => {
  const port = await closedPort();
  await using good = await startUpstream(ok);
  await using edge = await openEdge({ releases: [releaseOn("r1", port), releaseOn("r2", good.port)] });
  const answer = ask(edge.port);
  await until(() => edge.troubles.length > 0);
  edge.switchTo("r2");
  expect(await answer).toMatchObject({ status: 200, headers: { "x-gonogo-release": "r2" } });
  expect(edge.traffic(0)).toMatchObject([
    { release: "r1", requests: 0 },
    { release: "r2", requests: 1, failed: 0 },
  ]);
});

/** Answers one request per connection, says nothing of closing, and resets when another one comes. */
async function forgetfulUpstream(): Promise<AsyncDisposable & { port: number; requests: string[] }> {
  const requests: string[] = [];
  const upstream = await startTcp((socket) => {
    let count = 0;
    socket.on("data", (chunk) => {
      const [, method] = /^([A-Z]+) .* HTTP/.exec(chunk.toString()) ?? [];
      if (method === undefined) return;
      requests.push(method);
      count += 1;
      if (count === 1) socket.write(OK);
      else socket.resetAndDestroy();
    });
  });
  return Object.assign(upstream, { requests });
}

test.each(["GET", "HEAD", "OPTIONS", "DELETE"])(
  "a %s that meets a closing keep-alive connection is sent anew",
  async (method) => {
    await using upstream = await forgetfulUpstream();
    await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
    if (method === "HEAD") return void expect((await ask(edge.port, { method })).status).toBe(200);
    for (let round = 0; round < 10; round++) expect((await ask(edge.port, { method })).status).toBe(200);
    expect(upstream.requests.length).toBeGreaterThan(10);
  },
);

test.each([
  ["POST", "payload"],
  ["POST", ""],
  ["PATCH", "payload"],
  ["PUT", "payload"],
])("a %s with body %j is never sent twice", async (method, body) => {
  await using upstream = await forgetfulUpstream();
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  expect((await ask(edge.port, { method, body })).status).toBe(200);
  expect((await ask(edge.port, { method, body })).status).toBe(502);
  expect(upstream.requests).toEqual([method, method]);
});

test("connections that the upstream closes while idle fail nobody", async () => {
  await using upstream = await startUpstream(ok);
  const sockets = new Set<Socket>();
  upstream.server.on("connection", (socket: Socket) => sockets.add(socket));
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let round = 0; round < 50; round++) {
    const method = round % 2 === 0 ? "GET" : "POST";
    const body = method === "POST" ? { body: "x" } : {};
    expect((await ask(edge.port, { agent, method, ...body })).status).toBe(200);
    for (const socket of sockets) socket.end();
    await Promise.all([...sockets].map((socket) => socket.closed || once(socket, "close")));
    sockets.clear();
  }
  agent.destroy();
});

test("an upstream that dies in the middle of its answer gives a broken answer, not a short one or a hang", async () => {
  await using upstream = await startTcp((socket) => {
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n", () =>
        socket.destroy(),
      );
    });
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  expect(await ask(edge.port)).toMatchObject({ status: 200, body: "first", broken: true });
  expect(edge.traffic(0)).toMatchObject([{ requests: 1, failed: 1 }]);
  expect(edge.inFlight("r1").requests).toBe(0);
});

test("a safe request that killed one instance is tried on one other, then given up", async () => {
  const asked: number[] = [];
  const dying = () =>
    startTcp((socket) => {
      socket.once("data", () => {
        asked.push(socket.localPort ?? 0);
        socket.destroy();
      });
    });
  await using one = await dying();
  await using two = await dying();
  await using three = await dying();
  await using edge = await openEdge({ releases: [releaseOn("r1", one.port, two.port, three.port)] });
  expect((await ask(edge.port)).status).toBe(502);
  expect(new Set(asked).size).toBe(2);
});

test.each([
  ["nonsense", "nonsense\r\n\r\n"],
  ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok"],
  ["a control character", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Bad: a\u0001b\r\n\r\nok"],
  ["a switch nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"],
])("%s from an upstream is 502 without a word of the inside", async (_, answer) => {
  await using upstream = await startTcp(
    (socket) => void socket.once("data", () => socket.write(answer, "latin1")),
  );
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  expect(await ask(edge.port)).toMatchObject({ status: 502, body: "502 Bad Gateway\n" });
  expect(edge.troubles).toMatchObject([{ what: "upstream malformed", path: "/" }]);
});

test("a client that goes away ends its request at the upstream and counts as no failure", async () => {
  let isGone = false;
  await using upstream = await startUpstream((_, response) => {
    response.on("close", () => {
      isGone = true;
    });
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const client = connect(edge.port, "127.0.0.1");
  client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await until(() => edge.inFlight("r1").requests === 1);
  client.destroy();
  await until(() => isGone);
  await until(() => edge.inFlight("r1").requests === 0);
  expect(edge.traffic(0)).toMatchObject([{ requests: 1, failed: 0, p50Ms: undefined }]);
});

test("one instance falls quiet before it is ended", async () => {
  let finish: (() => void) | undefined;
  await using upstream = await startUpstream((_, response) => {
    finish = () => response.end("done");
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  expect(await edge.quiet("r1", upstream.port, 0)).toBe(true);
  const answer = ask(edge.port);
  await until(() => finish !== undefined);
  edge.setReady("r1", upstream.port, false);
  expect(await edge.quiet("r1", upstream.port, 20)).toBe(false);
  const quiet = edge.quiet("r1", upstream.port, 10_000);
  finish?.();
  expect(await quiet).toBe(true);
  expect((await answer).body).toBe("done");
});

test("an application that hangs with a full queue is given up in time", async () => {
  const port = await closedPort();
  const program = `require("node:net").createServer().listen({ port: ${port}, host: "127.0.0.1", backlog: 1 }, () => console.log("up"))`;
  const hung = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(hung.stdout, "data");
  hung.kill("SIGSTOP");
  const queued = Array.from({ length: 4 }, () => connect(port, "127.0.0.1"));
  await once(queued[0] as Socket, "connect");
  await once(queued[1] as Socket, "connect");
  await using edge = await openEdge({ releases: [releaseOn("r1", port)], limits: { waitMs: 200 } });
  expect((await ask(edge.port)).status).toBe(502);
  for (const socket of queued) socket.on("error", () => socket.destroy()).destroy();
  const ended = once(hung, "exit");
  hung.kill("SIGKILL");
  await ended;
});
