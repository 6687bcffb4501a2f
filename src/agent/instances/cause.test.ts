import { expect, test } from "vitest";
import { type Clues, guessCause } from "./cause.ts";
import type { HealthAnswer } from "./health-probe.ts";

const PROBE: HealthAnswer = {
  url: "",
  at: 0,
  tookMs: 1,
  status: undefined,
  body: "",
  location: undefined,
  error: "connection refused",
};
const NOTHING: Clues = {
  start: "node server.js",
  port: 20_001,
  healthPath: "/health",
  lastProbe: undefined,
  exit: undefined,
  logLines: [],
  listening: [],
  variableNames: ["DATABASE_URL"],
  heartbeatFile: undefined,
};

test.each<[Partial<Clues>, string | undefined]>([
  [{}, undefined],
  [
    { logLines: ["Error: STRIPE_KEY is required"] },
    "it wants the variable STRIPE_KEY, which this release does not have",
  ],
  [
    { logLines: ["Missing required environment variable: STRIPE_KEY"] },
    "it wants the variable STRIPE_KEY, which this release does not have",
  ],
  [
    { logLines: ["KeyError: 'STRIPE_KEY'"] },
    "it wants the variable STRIPE_KEY, which this release does not have",
  ],
  [{ logLines: ["DATABASE_URL is not set"] }, undefined],
  [{ logLines: ["[gonogo] STRIPE_KEY is required"] }, undefined],
  [
    { logLines: ["Error: listen EADDRINUSE: address already in use :::3000"] },
    "it tries to listen on port 3000, which is taken; it must listen on the port in PORT",
  ],
  [
    { logLines: ["Error: Cannot find module '/app/dist/server.js'"] },
    "it cannot find /app/dist/server.js: not built, or not among its dependencies",
  ],
  [
    { logLines: ["Error: connect ECONNREFUSED 127.0.0.1:5432"] },
    "something it depends on does not answer at 127.0.0.1:5432",
  ],
  [{ logLines: ["Error: getaddrinfo ENOTFOUND db.internal"] }, "it cannot resolve the host name db.internal"],
  [
    { logLines: ["sh: 1: exec: serve: not found"], exit: { code: 127, signal: null } },
    'there is no program "serve"; it is started with: node server.js',
  ],
  [{ exit: { code: null, signal: "SIGKILL" } }, "it was killed from outside, perhaps for lack of memory"],
  [{ exit: { code: 3, signal: null } }, "it exits at once with code 3: see its last lines"],
  [
    { lastProbe: PROBE, listening: [{ port: 20_001, family: 6, loopbackOnly: true, inode: "1" }] },
    "it listens on ::1 only; it must listen on 127.0.0.1 (or on every address)",
  ],
  [
    { lastProbe: PROBE, listening: [{ port: 3_000, family: 4, loopbackOnly: false, inode: "1" }] },
    "it listens on port 3000; it must listen on the port in PORT (20001 here)",
  ],
  [{ lastProbe: PROBE }, "it does not listen on any port yet"],
  [
    { lastProbe: { ...PROBE, status: 401, error: undefined } },
    "/health wants a login; a health page must answer without one",
  ],
  [
    { lastProbe: { ...PROBE, status: 400, error: undefined } },
    "it may refuse the host name it was asked under",
  ],
])("%j points to %s", (clues, cause) => {
  expect(guessCause({ ...NOTHING, ...clues })).toBe(cause);
});
