import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { readExposition } from "./exposition.ts";
import { web } from "./web.ts";

const PLAIN = "text/plain; version=0.0.4; charset=utf-8";
const TOKEN = "canary-token-0123456789";
const WHOLE = (count: number): string =>
  `# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\nhttp_requests_total{code="200",path="/a \\"b\\""} ${count}\n# TYPE up gauge\nup 1 1700000000000\n`;

const doors = openDoors();
let requests = 0;
let tell: (isScraper: boolean) => { status?: number; type?: string; body?: string };
const server = createServer((request, response) => {
  if (request.url !== "/metrics") {
    requests += 1;
    response.end("ok");
    return;
  }
  const isScraper =
    request.headers.authorization === `Bearer ${TOKEN}` || request.headers["x-forwarded-proto"] !== undefined;
  const { status = 200, type = PLAIN, body = WHOLE(requests) } = tell(isScraper);
  response.writeHead(status, type === "" ? {} : { "content-type": type }).end(body);
});
let port = 0;
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  await doors[Symbol.asyncDispose]();
});

async function answer(metrics: object | undefined, at = port): Promise<Outcome> {
  const instance = {
    release: "r1",
    process: "web",
    index: 0,
    state: "ready",
    pid: 1,
    port: at,
    startedAt: 0,
    restarts: 0,
    memoryBytes: 1,
    heartbeatAt: undefined,
    lastExit: undefined,
  } as const;
  return await answerOf(web.definition, "metrics.exposed", {
    doors,
    options: { start: "node server.js", ...(metrics && { metrics }) },
    subject: {
      address: { url: `http://127.0.0.1:${at}` },
      release: { id: "r1", commit: "c", createdAt: 0, configuration: "c" },
      runtime: { schedules: [], instances: [instance] },
    },
  });
}

const closed =
  (broken: ReturnType<typeof tell> = {}) =>
  (isScraper: boolean) =>
    isScraper ? broken : { status: 403, body: "no" };

it("metrics.exposed passes when the instances tell them, they move, and strangers are refused", async () => {
  tell = closed();
  expect(await answer({})).toMatchObject({ status: "pass", measured: { moved: 1, stranger: 403 } });
});

it("lets them be open where that is declared, and read at an address of their own", async () => {
  tell = () => ({});
  expect(await answer({ open: true })).toMatchObject({ status: "pass" });
  expect(await answer({ url: `http://127.0.0.1:${port}/metrics` })).toMatchObject({
    status: "fail",
    summary: "anybody can read the metrics",
  });
});

it.each<[string, typeof tell]>([
  ["metrics do not answer", closed({ status: 404 })],
  ["what answers is no metrics", closed({ type: "text/html", body: "<p>metrics</p>" })],
  ["Prometheus would refuse these metrics", closed({ body: "requests = 7\n" })],
  [
    "nothing of the application is counted",
    closed({ body: "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1\n" }),
  ],
  ["counters do not move", closed({ body: WHOLE(7) })],
  ["anybody can read the metrics", () => ({})],
])("fails: %s", { timeout: 15_000 }, async (summary, broken) => {
  tell = broken;
  expect(await answer({})).toMatchObject({ status: "fail", summary });
});

it("fails when counters go down, as of processes that answer in turn", async () => {
  let turn = 100;
  tell = closed();
  const falling = (isScraper: boolean) => (isScraper ? { body: WHOLE(turn--) } : { status: 403 });
  tell = falling;
  expect(await answer({})).toMatchObject({ status: "fail", summary: "counters go down" });
});

it("does not apply where none are declared, and is unknown where nothing answers or nobody said where to read", async () => {
  tell = closed();
  expect(await answer(undefined)).toMatchObject({ status: "not applicable" });
  expect(await answer({}, 1)).toMatchObject({ status: "unknown" });
  expect(await answer({ token: "METRICS_TOKEN" })).toMatchObject({
    status: "unknown",
    reason: expect.stringContaining("METRICS_TOKEN"),
  });
});

it.each<[string, string, boolean]>([
  ["no line feed at the end", "a 1", false],
  ["two types", "# TYPE a counter\n# TYPE a gauge\na 1\n", false],
  ["a type below its samples", "a 1\n# TYPE a counter\n", false],
  ["no such type", "# TYPE a meter\na 1\n", false],
  ["a value that is none", "a one\n", false],
  ["a time of half a millisecond", "a 1 1.5\n", false],
  ["labels without quotes", "a{b=c} 1\n", false],
  ["a label twice", 'a{b="1",b="2"} 1\n', false],
  ["a series twice", 'a{b="1",c="2"} 1\na{c="2",b="1"} 1\n', false],
  ["a counter below zero", "# TYPE a counter\na -1\n", false],
  ["a histogram without an end", '# TYPE a histogram\na_bucket{le="1"} 1\na_count 1\na_sum 1\n', false],
  ["OpenMetrics without an end", "# TYPE a counter\na_total 1\n", true],
])("does not accept %s", (_, text, isOpenMetrics) => {
  expect(readExposition(text, { isOpenMetrics }).mistakes).not.toEqual([]);
});

it("accepts what client libraries write", () => {
  const text =
    '# HELP h Seconds.\n# TYPE h histogram\nh_bucket{le="0.1",} 1\nh_bucket{le="+Inf"} 2\nh_sum 0.5e-3\nh_count 2\nnan_one NaN\n\n';
  expect(readExposition(text, { isOpenMetrics: false }).mistakes).toEqual([]);
  const open =
    '# TYPE a counter\n# UNIT a requests\na_total{b="c"} 7.0 # {trace_id="7"} 1.0\na_created 1.7e9\n# EOF\n';
  expect(readExposition(open, { isOpenMetrics: true })).toMatchObject({
    mistakes: [],
    samples: [{ series: 'a_total{b="c"}', isCounter: true }, {}],
  });
});
