import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { ask, exchange, openEdge, releaseOn, startTcp, startUpstream } from "./edge.fixture.ts";

/** Answers with the head it was sent. */
const echoHead = () =>
  startTcp((socket) => {
    socket.on("data", (chunk) => {
      const head = chunk.toString("latin1");
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${head.length}\r\n\r\n${head}`, "latin1");
    });
  });

async function headFor(headers: string, options: { requestLine?: string } = {}): Promise<string[]> {
  await using upstream = await echoHead();
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const line = options.requestLine ?? "GET /a?b=c HTTP/1.1";
  const answer = await exchange(edge.port, `${line}\r\n${headers}Connection: close\r\n\r\n`);
  return answer.slice(answer.indexOf("\r\n\r\n") + 4).split("\r\n");
}

test("the application is told who asked and how, whatever the client claims", async () => {
  const head = await headFor(
    "Host: soulseer.localhost:8080\r\nX-Forwarded-For: 6.6.6.6\r\nx-forwarded-proto: https\r\nX-Forwarded-Host: evil\r\n" +
      "X-Forwarded-Port: 1\r\nForwarded: for=6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\nX_Forwarded_For: 6.6.6.6\r\nX-Own: kept\r\n",
  );
  expect(head).toEqual(
    expect.arrayContaining([
      "GET /a?b=c HTTP/1.1",
      "Host: soulseer.localhost:8080",
      "X-Own: kept",
      "X-Forwarded-For: 127.0.0.1",
      "X-Forwarded-Proto: http",
      "X-Forwarded-Host: soulseer.localhost:8080",
    ]),
  );
  expect(head.join()).not.toMatch(/6\.6\.6\.6|evil/);
  expect(head.filter((line) => /^x-forwarded-(proto|port|for|host):/i.test(line))).toHaveLength(4);
});

test("hop-by-hop headers, and those that Connection names, end at the edge", async () => {
  const head = await headFor(
    "Host: a\r\nKeep-Alive: timeout=9\r\nProxy-Connection: keep-alive\r\nTE: trailers\r\nTrailer: X-T\r\n" +
      "Upgrade: h2c\r\nX-Once: 1\r\nAuthorization: Bearer t\r\nConnection: X-Once, upgrade, X-Forwarded-For\r\n",
  );
  const names = head.map((line) => line.split(":", 1)[0]?.toLowerCase());
  expect(names).toContain("authorization");
  expect(names).toContain("x-forwarded-for");
  for (const gone of ["keep-alive", "proxy-connection", "te", "trailer", "upgrade", "x-once", "connection"]) {
    expect(names).not.toContain(gone);
  }
});

test("a request gets an id unless it has one", async () => {
  const given = await headFor("Host: a\r\nX-Request-Id: mine-1\r\n");
  expect(given.filter((line) => /^x-request-id/i.test(line))).toEqual(["X-Request-Id: mine-1"]);
  const made = await headFor("Host: a\r\n");
  expect(made.find((line) => line.startsWith("X-Request-Id"))).toMatch(/^X-Request-Id: [0-9a-f-]{36}$/);
});

test("an absolute target becomes a path", async () => {
  const head = await headFor("Host: a.localhost\r\n", { requestLine: "GET http://a.localhost/x?y HTTP/1.1" });
  expect(head.slice(0, 2)).toEqual(["GET /x?y HTTP/1.1", "Host: a.localhost"]);
});

test("X-Forwarded-Port is the port in the address users type", async () => {
  await using upstream = await startUpstream((asked, response) =>
    response.end(asked.headers["x-forwarded-port"]),
  );
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    listeners: { http: { port: 0 }, publicPorts: { http: 80 } },
  });
  expect((await ask(edge.port)).body).toBe("80");
});

test("an answer keeps its headers, loses its connection's, and names its release", async () => {
  await using upstream = await startTcp((socket) => {
    socket.once("data", () =>
      socket.end(
        "HTTP/1.1 418 I am a teapot\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Case: Kept\r\nX-Hop: 1\r\n" +
          "X-Gonogo-Release: lie\r\nKeep-Alive: timeout=1\r\nConnection: close, X-Hop\r\n\r\nshort and stout",
      ),
    );
  });
  await using edge = await openEdge({ releases: [releaseOn("r7", upstream.port)] });
  const text = await exchange(edge.port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const [head = "", body] = text.split("\r\n\r\n", 2);
  expect(head.split("\r\n")).toEqual(
    expect.arrayContaining([
      "HTTP/1.1 418 I am a teapot",
      "Set-Cookie: a=1",
      "Set-Cookie: b=2",
      "X-Case: Kept",
      "x-gonogo-release: r7",
    ]),
  );
  expect(head).not.toMatch(/lie|X-Hop|timeout=1/);
  expect(body).toContain("short and stout");
});

test.each([
  ["HEAD", 200, { "content-length": "1234" }],
  ["GET", 204, {}],
  ["GET", 304, { etag: '"x"' }],
] as const)("%s %i has no body and the connection goes on", async (method, status, headers) => {
  await using upstream = await startUpstream((_, response) => response.writeHead(status, headers).end());
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let round = 0; round < 3; round++) {
    expect(await ask(edge.port, { method, agent })).toMatchObject({ status, body: "", headers });
  }
  agent.destroy();
});

test("an HTTP/1.0 client gets a plain body and the end of the connection", async () => {
  await using upstream = await startUpstream((_, response) => {
    response.write("one ");
    response.end("two");
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const text = await exchange(edge.port, "GET / HTTP/1.0\r\n\r\n");
  expect(text).toMatch(/\r\n\r\none two$/);
  expect(text).not.toMatch(/transfer-encoding/i);
});

test("pipelined requests are answered in order", async () => {
  await using upstream = await startUpstream((asked, response) => {
    if (asked.url === "/1") setTimeout(() => response.end("first"), 20);
    else response.end("second");
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const text = await exchange(
    edge.port,
    "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  );
  expect(text.indexOf("first")).toBeGreaterThan(0);
  expect(text.indexOf("second")).toBeGreaterThan(text.indexOf("first"));
});

test("Expect: 100-continue is answered when somebody is there to take the body", async () => {
  await using upstream = await startUpstream((asked, response) => void asked.pipe(response));
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const sent = request({
    port: edge.port,
    method: "PUT",
    headers: { expect: "100-continue", "content-length": "7" },
  });
  sent.flushHeaders();
  await once(sent, "continue");
  sent.end("payload");
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  expect(await response.toArray()).toEqual([Buffer.from("payload")]);
});

test.each([
  ["with a length", { "content-length": String(3 * 1_048_576) }],
  ["chunked", {}],
])("an upload %s arrives whole", async (_, headers) => {
  await using upstream = await startUpstream((asked, response) => {
    let bytes = 0;
    asked.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    asked.on("end", () => response.end(String(bytes)));
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const sent = request({ port: edge.port, method: "POST", headers });
  for (let round = 0; round < 3; round++) sent.write(Buffer.alloc(1_048_576));
  sent.end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  expect(String(await response.toArray())).toBe(String(3 * 1_048_576));
});

/** The value once it has not changed for a while. */
async function settled(value: () => number): Promise<number> {
  for (let last = -1; ; ) {
    const now = value();
    if (now === last && now > 0) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const MB = 1_048_576;

test("an upload that the application does not read stops at the client instead of filling the edge", async () => {
  await using upstream = await startUpstream((asked) => void asked.pause());
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { bodyBytes: 100 * MB },
  });
  const sent = request({ port: edge.port, method: "POST", headers: { "content-length": String(100 * MB) } });
  let left = 100;
  const pump = (): void => {
    while (left-- > 0 && sent.write(Buffer.alloc(MB)));
  };
  pump();
  sent.on("drain", pump).on("error", () => sent.destroy());
  // Kernel buffers of two loopback connections hold some megabytes.
  expect(await settled(() => sent.socket?.bytesWritten ?? 0)).toBeLessThan(40 * MB);
  sent.destroy();
});

test("a download that the client does not read stops at the application, and goes on when it does", async () => {
  let socket: Socket | undefined;
  await using upstream = await startUpstream((asked, response) => {
    socket = asked.socket;
    let left = 100;
    const pump = (): void => {
      while (left-- > 0 && response.write(Buffer.alloc(MB)));
      if (left < 0) response.end();
    };
    response.on("drain", pump);
    pump();
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const sent = request({ port: edge.port }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  expect(await settled(() => socket?.bytesWritten ?? 0)).toBeLessThan(40 * MB);
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  expect(bytes).toBe(100 * MB);
});

test("an answer streams as it comes, head first", async () => {
  let next: ((text: string) => void) | undefined;
  await using upstream = await startUpstream((_, response) => {
    response.flushHeaders();
    next = (text) => void response.write(text);
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const sent = request({ port: edge.port }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  for (const text of ["one", "two"]) {
    next?.(text);
    const [chunk] = (await once(response, "data")) as [Buffer];
    expect(chunk.toString()).toBe(text);
  }
  sent.destroy();
});

test("an answer given before the upload ended reaches the client", async () => {
  await using upstream = await startUpstream((_, response) => response.writeHead(401).end("no"));
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answer = await ask(edge.port, { agent, method: "POST", body: Buffer.alloc(2_000_000) });
  expect(answer).toMatchObject({ status: 401, body: "no" });
  expect((await ask(edge.port, { agent })).status).toBe(401);
  agent.destroy();
});

test("routes share one release: the longest prefix, a host's own first", async () => {
  const named = (name: string) => startUpstream((_, response) => response.end(name));
  await using web = await named("web");
  await using api = await named("api");
  await using admin = await named("admin");
  await using edge = await openEdge({
    releases: [
      {
        id: "r1",
        routes: [
          { prefix: "/", upstreams: [{ port: web.port }] },
          { prefix: "/api", upstreams: [{ port: api.port }] },
          { prefix: "/", host: "admin.localhost", upstreams: [{ port: admin.port }] },
        ],
      },
      { id: "r2", routes: [{ prefix: "/only", upstreams: [{ port: web.port }] }] },
    ],
  });
  const body = async (path: string, host = "a"): Promise<string> =>
    (await ask(edge.port, { path, headers: { host } })).body;
  expect(await body("/")).toBe("web");
  expect(await body("/api?x")).toBe("api");
  expect(await body("/apiary")).toBe("web");
  expect(await body("/api/v1", "Admin.localhost:8080")).toBe("admin");
  edge.switchTo("r2");
  expect(await ask(edge.port, { path: "/else" })).toMatchObject({ status: 404, body: "404 Not Found\n" });
});

test("the plain door sends users to https, keeping method and path", async () => {
  const { localCertificate } = await import("./authority.ts");
  const { mkdtemp, rm } = await import("node:fs/promises");
  const directory = await mkdtemp("/tmp/edge-");
  const pair = await localCertificate({ directory, name: "soulseer", now: Date.now() });
  await using edge = await openEdge({
    listeners: { https: { port: 0, ...pair }, http: { port: 0 }, publicPorts: { https: 8443 } },
  });
  const to = async (host: string, path: string): Promise<string | undefined> =>
    (await ask(edge.port, { path, headers: { host } })).headers.location;
  expect((await ask(edge.port, { method: "POST", body: "x" })).status).toBe(308);
  expect(await to("soulseer.localhost:8080", "/a?b")).toBe("https://soulseer.localhost:8443/a?b");
  expect(await to("[::1]:8080", "//evil.com/")).toBe("https://[::1]:8443//evil.com/");
  expect((await ask(edge.port, { headers: { host: "evil.com/x" } })).status).toBe(400);
  await rm(directory, { recursive: true });
});
