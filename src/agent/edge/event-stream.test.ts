import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { openEdge, releaseOn, startUpstream, until } from "./edge.fixture.ts";

async function listen(
  port: number,
): Promise<{ text: () => string; ended: Promise<unknown>; response: IncomingMessage }> {
  const sent = request({ port, agent: false }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.on("error", () => response.destroy());
  let text = "";
  response.on("data", (chunk) => {
    text += chunk;
  });
  return { text: () => text, ended: new Promise((resolve) => response.once("end", resolve)), response };
}

const stream = (streams: ServerResponse[], headers: Record<string, string> = {}) =>
  startUpstream((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", ...headers });
    response.flushHeaders();
    streams.push(response);
  });

test("events arrive as they are sent and an idle stream stays open past the limits of requests", async () => {
  const streams: ServerResponse[] = [];
  await using upstream = await stream(streams);
  await using edge = await openEdge({
    releases: [releaseOn("r1", upstream.port)],
    limits: { answerMs: 50, bodyIdleMs: 50 },
  });
  const { text } = await listen(edge.port);
  expect(edge.inFlight("r1")).toEqual({ requests: 0, webSockets: 0, eventStreams: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  streams[0]?.write("data: one\n\n");
  await until(() => text() === "data: one\n\n");
  expect(edge.traffic(0)).toMatchObject([{ requests: 1, failed: 0 }]);
});

test("draining ends streams properly, spread over the time", async () => {
  const streams: ServerResponse[] = [];
  await using upstream = await stream(streams);
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const clients = await Promise.all(Array.from({ length: 20 }, () => listen(edge.port)));
  for (const each of streams) each.write("data: 1\n\n");
  await until(() => clients.every(({ text }) => text() !== ""));
  const steps: number[] = [];
  let step = 0;
  const ticker = setInterval(() => {
    step += 1;
  }, 20);
  for (const { ended } of clients) void ended.then(() => steps.push(step));
  expect(await edge.drain("r1", 600)).toMatchObject({ drained: true, eventStreamsEnded: 20, cut: 0 });
  await Promise.all(clients.map(({ ended }) => ended));
  clearInterval(ticker);
  expect(new Set(steps).size).toBeGreaterThan(4);
  await until(() => streams.every((each) => each.destroyed));
});

test("a stream ends between two events, not within one", async () => {
  const streams: ServerResponse[] = [];
  await using upstream = await stream(streams);
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const client = await listen(edge.port);
  streams[0]?.write("data: ha");
  await until(() => client.text() === "data: ha");
  const drain = edge.drain("r1", 3_000);
  let hasEnded = false;
  void client.ended.then(() => {
    hasEnded = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(hasEnded).toBe(false);
  streams[0]?.write("lf\n\n");
  await client.ended;
  expect(client.text()).toBe("data: half\n\n");
  await drain;
});

test("a stream that cannot be looked into ends too", async () => {
  const streams: ServerResponse[] = [];
  await using upstream = await stream(streams, { "content-encoding": "gzip" });
  await using edge = await openEdge({ releases: [releaseOn("r1", upstream.port)] });
  const client = await listen(edge.port);
  streams[0]?.write("binary");
  await until(() => client.text() === "binary");
  await edge.drain("r1", 200);
  await client.ended;
});
