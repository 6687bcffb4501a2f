import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateOfLine } from "../../test/fixtures/held-line.ts";
import { serve } from "../../test/fixtures/http-servers.ts";
import type { Doors } from "../model/doors.ts";
import { DRILL_FIGURES } from "../model/drill-figures.ts";
import { openDoors } from "../system/doors.ts";
import { judgeLoad } from "./load-drill.ts";
import { type LoadFigures, sendLoad } from "./load-run.ts";

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

const PATHS = ["/", "/api", "/broken", "/limited"];

async function sent(plan: { users?: number; arrivals?: number }, signal = new AbortController().signal) {
  const asked: string[] = [];
  const agents = new Set<string | undefined>();
  await using server = await serve((request, response) => {
    asked.push(request.url ?? "");
    agents.add(request.headers["user-agent"]);
    const status = { "/broken": 500, "/limited": 429 }[request.url ?? ""] ?? 200;
    response.writeHead(status).end("ok");
  });
  const { users, arrivals } = plan;
  const figures = await sendLoad(
    { doors, address: { url: server.url }, signal },
    { users, arrivals, forMs: 1_000, paths: PATHS },
  );
  return { figures, asked, agents };
}

describe("the load", () => {
  it("comes at its own pace, to each path in turn, and every answer is counted", async () => {
    const { figures, asked, agents } = await sent({ arrivals: 40 });
    expect(PATHS.map((path) => asked.filter((each) => each === path).length)).toEqual([10, 10, 10, 10]);
    expect(figures).toMatchObject({
      requests: 40,
      failed: 10,
      refused: 10,
      timedOut: 0,
      firstFailure: "/broken answered 500",
    });
    expect(figures.worstMs).toBeGreaterThanOrEqual(figures.p99Ms);
    expect([...agents]).toEqual(["gonogo-load"]);
  });

  it("comes from users who wait for their answers", async () => {
    const { figures } = await sent({ users: 8 });
    expect(figures.requests).toBeGreaterThanOrEqual(8);
    expect(figures.mostAtOnce).toBeLessThanOrEqual(8);
  });

  it("counts those that nobody answers, and ends when it is told to", async () => {
    const figures = await sendLoad(
      { doors, address: { url: "http://127.0.0.1:9" }, signal: new AbortController().signal },
      { users: undefined, arrivals: 5, forMs: 1_000, paths: ["/"] },
    );
    expect(figures).toMatchObject({ requests: 5, failed: 5, p95Ms: 0 });
    await expect(sent({ arrivals: 5 }, AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
  });
});

describe("what came of it", () => {
  const plan = { users: undefined, arrivals: 10, forMs: 10_000, paths: ["/"] };
  const promises = { availability: undefined, latency: { p95Ms: 200 }, errors: 0.01, rollbackMs: undefined };
  const good: LoadFigures = {
    requests: 100,
    failed: 0,
    timedOut: 0,
    refused: 0,
    p50Ms: 20,
    p95Ms: 90,
    p99Ms: 150,
    worstMs: 180,
    tookMs: 10_000,
    mostAtOnce: 3,
    firstFailure: undefined,
  };

  it.each<[string, Partial<LoadFigures>, object]>([
    ["as promised", {}, { status: "pass", measured: { perSecond: 10, p95Ms: 90, requests: 100 } }],
    ["one in a hundred fails, as promised", { failed: 1 }, { status: "pass" }],
    [
      "more fail",
      { failed: 2, firstFailure: "/ answered 500" },
      { status: "fail", found: "2 %, the first: / answered 500" },
    ],
    ["one is not answered in time", { failed: 1, timedOut: 1 }, { status: "fail" }],
    ["too slow", { p95Ms: 201 }, { status: "fail", expected: "95 % within 200 ms", found: "201 ms" }],
    ["held back", { refused: 60 }, { status: "fail", found: "429" }],
    ["nothing was sent", { requests: 0 }, { status: "fail" }],
  ])("%s", (_, change, outcome) => {
    expect(judgeLoad({ ...good, ...change }, promises, plan)).toMatchObject(outcome);
  });

  it("is held to the load that a line asks for", () => {
    const check = { id: "drill.load", figures: DRILL_FIGURES["drill.load"] };
    const outcome = judgeLoad(good, promises, { ...plan, users: 50, arrivals: undefined });
    const state = (line: string) => stateOfLine(`${line} <!-- gonogo: drill load -->`, check, outcome);
    expect(state("Load test with 50 concurrent users")).toBe("go");
    expect(state("Load test with 100 concurrent users")).toBe("failing");
    expect(state(`Load test: p95 < ${good.p95Ms} ms`)).toBe("go");
    expect(state(`Load test: p95 < ${good.p95Ms - 1} ms`)).toBe("failing");
    expect(state("Load test with 100 requests per second")).toBe("go");
  });

  it("is only told where nothing is promised", () => {
    expect(judgeLoad(good, { ...promises, latency: {} }, plan)).toMatchObject({ status: "warn" });
  });
});
