import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, type RequestListener, type ServerResponse } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { ask, openEdge, releaseOn, startUpstream, until } from "./edge.fixture.ts";

const says =
  (text: string): RequestListener =>
  (request, response) => {
    request.resume().on("end", () => response.end(text));
  };

test.each([
  ["with keep-alive", true],
  ["without keep-alive", false],
])("20 switches under load fail no request, %s", async (_, keepAlive) => {
  await using one = await startUpstream(says("r1"));
  await using two = await startUpstream(says("r2"));
  await using three = await startUpstream(says("r2"));
  await using edge = await openEdge({
    releases: [releaseOn("r1", one.port), releaseOn("r2", two.port, three.port)],
  });

  const agents = Array.from({ length: 12 }, () => new Agent({ keepAlive, maxSockets: 1 }));
  let answered = 0;
  let isOver = false;
  const failures: string[] = [];
  const clients = agents.map(async (agent, index) => {
    const upload = index % 3 === 0 ? { method: "POST", body: "x".repeat(5_000) } : {};
    while (!isOver) {
      const answer = await ask(edge.port, { agent, ...upload }).catch((error: Error) => error.message);
      answered += 1;
      if (typeof answer === "string") failures.push(answer);
      else if (answer.status !== 200 || answer.broken) failures.push(String(answer.status));
      else if (answer.headers["x-gonogo-release"] !== answer.body) failures.push("mixed releases");
    }
  });
  for (let round = 0; round < 20; round++) {
    const [from, to] = round % 2 === 0 ? ["r1", "r2"] : ["r2", "r1"];
    const before = answered;
    await until(() => answered >= before + 30);
    edge.switchTo(to);
    expect(await edge.drain(from, 10_000)).toMatchObject({ drained: true, cut: 0 });
    expect(edge.inFlight(from)).toEqual({ requests: 0, webSockets: 0, eventStreams: 0 });
  }
  isOver = true;
  await Promise.all(clients);
  for (const agent of agents) agent.destroy();
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(600);
  expect(edge.troubles).toEqual([]);
});

test("a slow request is answered by the release that took it while new ones go to the next", async () => {
  let finish: (() => void) | undefined;
  await using slow = await startUpstream((_, response) => {
    finish = () => response.end("slow");
  });
  await using next = await startUpstream(says("next"));
  await using edge = await openEdge({ releases: [releaseOn("r1", slow.port), releaseOn("r2", next.port)] });

  const answer = ask(edge.port);
  await until(() => finish !== undefined);
  edge.switchTo("r2");
  let hasDrained = false;
  const drained = edge.drain("r1", 30_000).finally(() => {
    hasDrained = true;
  });
  expect((await ask(edge.port)).body).toBe("next");
  expect(hasDrained).toBe(false);
  expect(edge.inFlight("r1").requests).toBe(1);
  finish?.();
  expect(await answer).toMatchObject({ status: 200, body: "slow" });
  expect(await drained).toMatchObject({ drained: true, cut: 0 });
});

test("what is left at the limit is cut: told when no byte was sent, broken when one was", async () => {
  const seen: string[] = [];
  await using stuck = await startUpstream((request, response) => {
    if (request.url === "/begun") response.write("some");
    seen.push(request.url ?? "");
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", stuck.port)] });
  const silent = ask(edge.port, { path: "/silent" });
  const begun = ask(edge.port, { path: "/begun" });
  await until(() => seen.length === 2);
  const { cut, drained } = await edge.drain("r1", 100);
  expect({ cut, drained }).toEqual({ cut: 2, drained: true });
  expect(await silent).toMatchObject({ status: 503, body: "503 Service Unavailable\n" });
  expect(await begun).toMatchObject({ status: 200, broken: true });
  await until(() => edge.traffic(0)[0]?.requests === 2);
  expect(edge.traffic(0)).toMatchObject([{ failed: 2 }]);
});

test("a keep-alive connection outlives the drain", async () => {
  await using one = await startUpstream(says("r1"));
  await using two = await startUpstream(says("r2"));
  await using edge = await openEdge({ releases: [releaseOn("r1", one.port), releaseOn("r2", two.port)] });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let connections = 0;
  agent.on("free", (socket) => {
    if (!socket.counted) connections += 1;
    socket.counted = true;
  });
  expect((await ask(edge.port, { agent })).body).toBe("r1");
  edge.switchTo("r2");
  await edge.drain("r1", 1_000);
  expect((await ask(edge.port, { agent })).body).toBe("r2");
  agent.destroy();
  expect(connections).toBe(1);
});

test("a release that becomes live again while it drains is not cut", async () => {
  let response: ServerResponse | undefined;
  await using one = await startUpstream((_, given) => {
    response = given;
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", one.port), releaseOn("r2")] });
  const answer = ask(edge.port);
  await until(() => response !== undefined);
  edge.switchTo("r2");
  const drain = edge.drain("r1", 50);
  edge.switchTo("r1");
  expect(await drain).toMatchObject({ drained: false, cut: 0 });
  response?.end("still here");
  expect((await answer).body).toBe("still here");
});

test("no live release, or none that was put, is 503 and can be mended without listening anew", async () => {
  await using one = await startUpstream(says("r1"));
  await using edge = await openEdge();
  expect(await ask(edge.port)).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
  expect(() => edge.switchTo("r1")).toThrow("does not know release r1");
  edge.put(releaseOn("r1", one.port));
  edge.switchTo("r1");
  expect((await ask(edge.port)).status).toBe(200);
  expect(() => edge.remove("r1")).toThrow("live");
});

test("a staged release answers at a door of its own and counts nothing", async () => {
  await using one = await startUpstream(says("r1"));
  await using two = await startUpstream(says("r2"));
  await using edge = await openEdge({ releases: [releaseOn("r1", one.port), releaseOn("r2", two.port)] });
  const stage = await edge.stage("r2");
  expect((await ask(stage.httpPort ?? 0)).body).toBe("r2");
  expect((await ask(edge.port)).body).toBe("r1");
  expect(edge.traffic(0)).toMatchObject([
    { release: "r1", requests: 1 },
    { release: "r2", requests: 0 },
  ]);
  await stage[Symbol.asyncDispose]();
  await expect(ask(stage.httpPort ?? 0)).rejects.toThrow("ECONNREFUSED");
});

test("closing lets what is in flight end and takes nothing new", async () => {
  let response: ServerResponse | undefined;
  await using one = await startUpstream((_, given) => {
    response = given;
  });
  await using edge = await openEdge({ releases: [releaseOn("r1", one.port)] });
  const answer = ask(edge.port, { agent: new Agent({ keepAlive: true }) });
  await until(() => response !== undefined);
  const closed = edge.close(10_000);
  await expect(ask(edge.port)).rejects.toThrow("ECONNREFUSED");
  response?.end("the last");
  expect(await answer).toMatchObject({ body: "the last", headers: { connection: "close" } });
  await closed;
});

test("an edge in another process takes up a listening socket that its parent holds", async () => {
  await using one = await startUpstream(says("r1"));
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  const { fd } = (holder as unknown as { _handle: { fd: number } })._handle;
  const program = `
    import { openEdge, releaseOn } from ${JSON.stringify(new URL("edge.fixture.ts", import.meta.url).href)};
    await openEdge({ releases: [releaseOn("r1", ${one.port})], listeners: { http: { fd: 3 } } });
    process.stdout.write("up");
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit", fd],
  });
  await once(child.stdout as NodeJS.ReadableStream, "data");
  // The holder itself never accepts, as the agent's parent does not.
  holder.close();
  expect((await ask(port)).body).toBe("r1");
  child.kill("SIGKILL");
  await once(child, "close");
});
