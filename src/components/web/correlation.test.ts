import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

const doors = openDoors();
const log: string[] = [];
let count = 0;
let handle: (given: string | undefined, answer: ServerResponse, request: IncomingMessage) => void;
const server = createServer((request, response) => {
  const given = request.headers["x-request-id"] ?? request.headers.traceparent;
  handle(typeof given === "string" ? given : undefined, response, request);
  response.end("ok");
});
let url = "";

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await doors[Symbol.asyncDispose]();
});

async function answer(requestId: unknown, at = url): Promise<Outcome> {
  const logs = async () => log.map((text) => ({ process: "web", index: 0, release: "r1", text }));
  return await answerOf(web.definition, "log.correlation", {
    doors,
    options: { start: "node server.js", ...(requestId !== undefined && { requestId }) },
    subject: {
      address: { url: at },
      runtime: { schedules: [], instances: [] },
      target: { logs, host: async () => undefined },
    },
  });
}

const kept = (given: string | undefined): string => given ?? `made-here-${count++}`;

it("log.correlation passes when ids come back and are logged, a moment later", async () => {
  handle = (given, response) => {
    const id = kept(given);
    response.setHeader("x-request-id", id);
    setTimeout(() => log.push(`GET / ${id}`), 20);
  };
  expect(await answer("X-Request-ID")).toMatchObject({
    status: "pass",
    measured: { requests: 4, logged: 4 },
  });
});

it("follows the trace of a traceparent under whatever header it comes back", async () => {
  handle = (given, response) => {
    const trace = given?.split("-")[1] ?? (count++).toString(16).padStart(32, "a");
    response.setHeader("x-trace-id", trace);
    log.push(`trace_id=${trace}`);
  };
  expect(await answer("traceparent")).toMatchObject({
    status: "pass",
    summary: expect.stringContaining("x-trace-id"),
  });
});

it.each<[string, typeof handle]>([
  ["answers carry no id", () => undefined],
  [
    "the id that a request brings is lost",
    (_, response) => response.setHeader("x-request-id", kept(undefined)),
  ],
  [
    "a request that brings no id gets none",
    (given, response) => given && response.setHeader("x-request-id", given),
  ],
  [
    "different requests have the same id",
    (given, response) => response.setHeader("x-request-id", given ?? "once-for-all"),
  ],
  ["the log does not tell the id", (given, response) => response.setHeader("x-request-id", kept(given))],
  [
    "the log does not tell every id",
    (given, response) => {
      response.setHeader("x-request-id", kept(given));
      if (given) log.push(given);
    },
  ],
])("fails: %s", { timeout: 15_000 }, async (summary, broken) => {
  handle = broken;
  expect(await answer("x-request-id")).toMatchObject({ status: "fail", summary });
});

it("does not apply where no header is declared, and is unknown where nothing answers", async () => {
  expect(await answer(undefined)).toMatchObject({
    status: "not applicable",
    reason: expect.stringContaining("requestId"),
  });
  expect(await answer("x-request-id", "http://127.0.0.1:1")).toMatchObject({ status: "unknown" });
});
