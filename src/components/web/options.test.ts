import { describe, expect, it } from "vitest";
import { z } from "zod";
import { undescribed } from "../../../test/fixtures/undescribed.ts";
import { webOptions } from "./options.ts";
import { web } from "./web.ts";

describe("the options of a web component", () => {
  it("say what they are, each of them", () => {
    expect(undescribed(z.toJSONSchema(webOptions, { io: "input" }), "web")).toEqual([]);
  });

  it("need a start line and nothing else", () => {
    expect(webOptions.parse({ start: "node server.js" })).toMatchObject({
      health: "/health",
      instances: 2,
      routes: ["/"],
      pages: { api: [], static: [] },
      limits: { body: "1MB" },
      stopGrace: "30s",
    });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["an unknown word", { starts: "x" }, "starts"],
    ["no start", { start: undefined }, "start"],
    ["a path without a slash", { health: "health" }, "health"],
    ["a path to another host", { health: "//evil.example/" }, "health"],
    ["no instances", { instances: 0 }, "instances"],
    ["a size without a unit", { memory: "512" }, "memory"],
    ["a grace that is no duration", { stopGrace: "soon" }, "stopGrace"],
    ["an origin with a path", { cors: { origins: ["https://a.example/b"] } }, "cors.origins.0"],
    [
      "more requests than a check sends",
      { limits: { requestsPerMinute: { path: "/", max: 5_000 } } },
      "limits.requestsPerMinute.max",
    ],
    ["an unknown word inside", { pages: { htm: ["/"] } }, "pages"],
  ])("refuse %s", (_, change, where) => {
    const { error } = webOptions.safeParse({ start: "node server.js", ...change });
    const issues = error?.issues.map(({ path, code, ...rest }) =>
      code === "unrecognized_keys" && path.length === 0
        ? String((rest as { keys?: string[] }).keys)
        : path.join("."),
    );
    expect(issues).toEqual([where]);
  });
});

describe("a web component", () => {
  const options = webOptions.parse({
    build: "npm run build",
    start: "node server.js",
    routes: ["/", { prefix: "/", host: "api.app.example" }],
    memory: "512MB",
    stopGrace: "10s",
  });

  it("is a process with health, readiness, limits and routes", () => {
    expect(web.definition.processes?.(options, "api")).toEqual([
      {
        name: "api",
        kind: "web",
        start: "node server.js",
        instances: 2,
        health: {
          path: "/health",
          readyPath: "/ready",
          timeoutMs: 2_000,
          intervalMs: 250,
          successes: 3,
          startTimeoutMs: 60_000,
        },
        routes: [{ prefix: "/" }, { prefix: "/", host: "api.app.example" }],
        stopGraceMs: 10_000,
        memoryLimitBytes: 536_870_912,
        logLimitBytes: 67_108_864,
      },
    ]);
  });

  it("is built by its line, if it has one", () => {
    expect(web.definition.commands?.(options, "api")).toEqual({ build: "npm run build" });
    expect(web.definition.commands?.({ ...options, build: undefined }, "api")).toEqual({});
  });
});
