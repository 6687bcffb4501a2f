import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

/** Whom a request is counted for. */
type Client = (request: IncomingMessage) => string;

const LIMIT = { path: "/api/items", max: 10, perMs: 60_000 };
const LOGIN = { path: "/login", body: { email: "nobody@app.example", password: "wrong" }, attempts: 3 };

describe("limit.rate.proxy-aware", () => {
  let doors: Doors & AsyncDisposable;
  let app: TestServer;
  let client: Client;
  /** Milliseconds until one more request is granted; Infinity: none ever. */
  let refillMs = Number.POSITIVE_INFINITY;
  let counts = new Map<string, { used: number; since: number }>();
  beforeAll(async () => {
    doors = openDoors();
    app = await serve((request, response) => {
      const path = request.url ?? "";
      const most = path === LIMIT.path ? LIMIT.max : path === LOGIN.path ? LOGIN.attempts : undefined;
      if (most === undefined) return void response.end("x");
      const key = `${path} ${client(request)}`;
      const count = counts.get(key) ?? { used: 0, since: performance.now() };
      counts.set(key, count);
      const granted = most + Math.floor((performance.now() - count.since) / refillMs);
      if (count.used >= granted) return void response.writeHead(429, { "retry-after": "60" }).end();
      count.used += 1;
      response.writeHead(path === LOGIN.path ? 401 : 200).end("x");
    });
  });
  const directory = mkdtempSync(path.join(tmpdir(), "gonogo-forged-"));
  afterAll(async () => {
    await Promise.all([app, doors].map((each) => each[Symbol.asyncDispose]()));
    rmSync(directory, { recursive: true });
  });

  const answer = (
    asked: Client,
    options: object = { limits: { requestsPerMinute: LIMIT }, login: LOGIN },
    url = app.url,
  ) => {
    client = asked;
    counts = new Map();
    return answerOf(web.definition, "limit.rate.proxy-aware", {
      doors,
      options: { start: "node server.js", ...options },
      subject: { address: { url }, directory },
    });
  };
  const byConnection: Client = ({ socket }) => socket.remoteAddress ?? "";
  const by =
    (name: string): Client =>
    ({ headers, socket }) =>
      String(headers[name] ?? socket.remoteAddress).split(",")[0] ?? "";

  it("passes where the connection is counted, also when a request is granted now and then", async () => {
    expect(await answer(byConnection)).toMatchObject({
      status: "pass",
      summary: "/api/items and /login held back under 8 forged headers",
    });
    refillMs = 10;
    const said = await answer(byConnection, { limits: { requestsPerMinute: LIMIT } });
    refillMs = Number.POSITIVE_INFINITY;
    expect(said.status).not.toBe("fail");
  });

  it.each([
    ["X-Forwarded-For", "/api/items X-Forwarded-For"],
    ["X-Real-IP", "/login X-Real-IP"],
    ["CF-Connecting-IP", "/api/items CF-Connecting-IP"],
  ])("fails where %s is believed", async (header, finding) => {
    expect(await answer(by(header.toLowerCase()))).toMatchObject({
      status: "fail",
      summary: expect.stringContaining(`a forged ${header} gets past the rate limit of /api/items`),
      findings: expect.arrayContaining([finding]),
      fix: expect.stringContaining(`overwrite ${header}`),
    });
  });

  it("fails a login alone", async () => {
    expect(await answer(by("x-forwarded-for"), { login: LOGIN })).toMatchObject({
      status: "fail",
      findings: ["/login X-Forwarded-For"],
      found: "/login with X-Forwarded-For: 2 of 2 let through, 0 of 2 without it",
    });
  });

  it("does not apply without a limit, and is unknown where none holds or nobody answers", async () => {
    expect(await answer(byConnection, {})).toMatchObject({ status: "not applicable" });
    let every = 0;
    expect(await answer(() => String(every++))).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("there is no limit to get past"),
    });
    expect(await answer(byConnection, undefined, "http://127.0.0.1:9")).toMatchObject({ status: "unknown" });
  });
});
