// The users of a switch under load, as a program of its own: nothing the bench waits for may hold them up.
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { type ClientOptions, WebSocket } from "ws";
import type { Crowd, CrowdFigures } from "./crowd-figures.ts";

process.on("disconnect", () => process.exit());
const [crowd] = (await once(process, "message")) as [Crowd];
const { host, port, ca, keepAlive, fresh, slow, webSockets, pauseMs } = crowd;
const client = ca === undefined ? http : https;
const PATIENCE_MS = 20_000;

const quick: number[] = [];
const failures: Record<string, number> = {};
const closes: { readonly code: number; readonly at: number }[] = [];
let slowAnswered = 0;
let stale = 0;
let firstFailureAt: number | undefined;
let lastFailureAt: number | undefined;
let isOver = false;
const open = new Set<WebSocket>();

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function fail(why: string): void {
  failures[why] = (failures[why] ?? 0) + 1;
  firstFailureAt ??= Date.now();
  lastFailureAt = Date.now();
}

/** Resolves when the whole answer is there, or with why it is not one. */
function ask(path: string, agent: http.Agent | false): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = client.get({
      host: "127.0.0.1",
      port,
      path,
      agent,
      servername: host,
      ...(ca !== undefined && { ca }),
      headers: { host: `${host}:${port}` },
      timeout: PATIENCE_MS,
    });
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", (thrown: NodeJS.ErrnoException) => {
      if (request.reusedSocket && thrown.code === "ECONNRESET") stale += 1;
      resolve(thrown.code ?? thrown.message);
    });
    request.on("response", (response) => {
      response.resume();
      response.on("error", (thrown: NodeJS.ErrnoException) => resolve(`cut: ${thrown.code}`));
      response.on("end", () =>
        resolve(
          response.statusCode === 200
            ? undefined
            : `${new URL(path, "http://x").pathname} ${response.statusCode}`,
        ),
      );
    });
  });
}

async function beUser(agent: http.Agent | false): Promise<void> {
  await pause(Math.random() * pauseMs);
  while (!isOver) {
    const from = performance.now();
    const failure = await ask("/", agent);
    quick.push(performance.now() - from);
    if (failure !== undefined) fail(failure);
    await pause(pauseMs);
  }
}

/** One who always waits for an answer that takes 5 s. */
async function bePatient(): Promise<void> {
  const agent = new client.Agent({ keepAlive: true, maxSockets: 1 });
  while (!isOver) {
    const failure = await ask("/slow?ms=5000", agent);
    slowAnswered += 1;
    if (failure !== undefined) fail(failure);
  }
  agent.destroy();
}

async function beListener(): Promise<void> {
  while (!isOver) {
    const headers = { host: `${host}:${port}` };
    const socket =
      ca === undefined
        ? new WebSocket(`ws://127.0.0.1:${port}/`, { headers })
        : new WebSocket(`wss://127.0.0.1:${port}/`, { headers, ca, servername: host } as ClientOptions);
    open.add(socket);
    socket.on("error", () => undefined);
    const [code] = (await once(socket, "close")) as [number];
    open.delete(socket);
    if (isOver) return;
    closes.push({ code, at: Date.now() });
    await pause(100 + Math.random() * 400);
  }
}

function figures(): CrowdFigures {
  const sorted = quick.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return {
    requests: quick.length + slowAnswered,
    failed: Object.values(failures).reduce((sum, each) => sum + each, 0),
    failures,
    stale,
    slow: slowAnswered,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    worstMs: at(1),
    firstFailureAt,
    lastFailureAt,
    closes: Object.fromEntries(
      [...Map.groupBy(closes, ({ code }) => code)].map(([code, each]) => [code, each.length]),
    ),
    closedInOneSecond: mostInOneSecond(closes.map(({ at: when }) => when)),
    webSockets: open.size,
  };
}

function mostInOneSecond(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  for (const [index, time] of times.entries()) {
    while (time - (times[first] ?? time) > 1_000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

const agents = Array.from({ length: keepAlive }, () => new client.Agent({ keepAlive: true, maxSockets: 1 }));
const everybody = [
  ...agents.map((agent) => beUser(agent)),
  ...Array.from({ length: fresh }, () => beUser(false)),
  ...Array.from({ length: slow }, () => bePatient()),
];
for (let index = 0; index < webSockets; index++) void beListener();

process.on("message", async (asked) => {
  if (asked === "leave") {
    isOver = true;
    await Promise.all(everybody);
  }
  process.send?.(figures());
});
process.send?.("up");
