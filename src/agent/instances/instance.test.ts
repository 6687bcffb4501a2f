import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until, WEB, WORKER } from "../../../test/fixtures/local-environment.ts";
import type { Process, Service } from "../../model/process.ts";
import type { InstanceStatus } from "../../model/runtime.ts";
import { openClock } from "../../system/clock.ts";
import { openStateFolder } from "../state-folder.ts";
import { findFreePort } from "./free-port.ts";
import { createInstance, type Ground, type Instance } from "./instance.ts";
import { type InstancePlan, planInstance, planService } from "./instance-plan.ts";
import { lastLines, sizeOf } from "./log-file.ts";
import { openPortBook } from "./port-book.ts";
import { identify, membersOfGroup } from "./process-table.ts";

const APP = path.resolve(import.meta.dirname, "../../../test/fixtures/odd-app");
const BASE = { PATH: process.env.PATH ?? "" };

let stateDirectory: string;
let ground: Ground;
let told: string[];
let states: string[];
const started: Instance[] = [];

beforeEach(async () => {
  stateDirectory = await mkdtemp(path.join(tmpdir(), "gonogo-instance-"));
  told = [];
  states = [];
  const tell = (message: string): void => void told.push(message);
  const state = openStateFolder(stateDirectory, tell);
  ground = { clock: openClock(), state, tell, ports: await openPortBook(state) };
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
  await rm(stateDirectory, { recursive: true });
});

function run(given: {
  process?: Partial<Process>;
  variables?: Readonly<Record<string, string>>;
  plan?: Partial<InstancePlan>;
}): Instance {
  const process = { ...WEB, ...given.process };
  const release = {
    id: "r1",
    commit: "c",
    directory: APP,
    variables: given.variables ?? {},
    processes: [process],
  };
  const place = { stateDirectory, base: BASE, publicHost: "odd.localhost" };
  return begin({ ...planInstance({ ...place, release, process, index: 0 }, { onChange }), ...given.plan });
}

function begin(plan: InstancePlan): Instance {
  const instance = createInstance(plan, ground);
  started.push(instance);
  instance.start();
  return instance;
}

function onChange(): void {
  states.push(started.at(-1)?.status().state ?? "");
}

const inState = (instance: Instance, state: InstanceStatus["state"]): Promise<InstanceStatus> =>
  until(
    () => instance.status(),
    (status) => status.state === state,
  );

async function ask(instance: Instance, page: string): Promise<number | undefined> {
  const { port } = instance.status();
  return await new Promise((resolve) => {
    request({ host: "127.0.0.1", port, path: page, agent: false })
      .on("response", (response) => resolve(response.resume().statusCode))
      .on("error", () => resolve(undefined))
      .end();
  });
}

test("an instance gets its port, release, name and number, and little of this process's environment", async () => {
  const instance = run({
    process: { start: "env > $OUT; exec node web.mjs" },
    variables: { OUT: path.join(stateDirectory, "env"), NODE_ENV: "production" },
  });
  const { port, pid } = await inState(instance, "ready");
  const lines = (await readFile(path.join(stateDirectory, "env"), "utf8")).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      `PORT=${port}`,
      "GONOGO_RELEASE=r1",
      "GONOGO_PROCESS=api",
      "GONOGO_INSTANCE=0",
      "NODE_ENV=production",
    ]),
  );
  expect(lines.join("\n")).not.toMatch(/^VITEST/m);
  expect(states).toEqual(["starting", "ready"]);
  expect(identify(pid ?? 0)).toBeDefined();
});

test.each([404, 401, 302])(
  "a readiness path that is answered %s, as every path is, keeps nothing from serving",
  async (status) => {
    const health = { ...WEB.health, readyPath: "/ready" } as Required<Process>["health"];
    const instance = run({ process: { health }, variables: { BEHAVE: `gated:${status}` } });
    expect(await inState(instance, "ready")).toMatchObject({ restarts: 0 });
  },
);

test("one that crashes is started again, each time after twice the pause", async () => {
  const instance = run({ variables: { BEHAVE: "exit:3" } });
  await until(
    () => instance.status().restarts,
    (restarts) => restarts >= 4,
  );
  expect(told.slice(0, 4)).toEqual(
    [250, 500, 1_000, 2_000].map((ms) => `r1~api~0 ended with code 3: starting it again in ${ms} ms`),
  );
  expect(instance.status().lastExit).toMatchObject({ code: 3, signal: null });
});

test("one that dies while it serves is back on the same port", async () => {
  const instance = run({});
  const before = await inState(instance, "ready");
  await ask(instance, "/die");
  const after = await until(
    () => instance.status(),
    ({ state, pid }) => state === "ready" && pid !== before.pid,
  );
  expect(after).toMatchObject({ port: before.port, restarts: 1, lastExit: { code: 7 } });
  expect(states).toEqual(["starting", "ready", "backing off", "starting", "ready"]);
});

test("one that is over its memory limit is restarted gracefully, and its log says why", async () => {
  const drained: number[] = [];
  const instance = run({
    process: { memoryLimitBytes: 200_000_000 },
    plan: { drain: async (port) => drained.push(port) },
  });
  const before = await inState(instance, "ready");
  expect(await ask(instance, "/eat?bytes=250000000")).toBe(200);
  const after = await until(
    () => instance.status(),
    ({ state, pid }) => state === "ready" && pid !== before.pid,
  );
  expect(after.lastExit).toMatchObject({ code: 0 });
  expect(drained).toEqual([before.port]);
  const [line] = await lastLines(path.join(stateDirectory, "logs/r1/api.0.log"), 1);
  expect(line).toMatch(
    /^\[gonogo\] uses \d+\.\d MB of memory, more than its limit of 190\.7 MB: restarting it$/,
  );
});

test("memory is that of the whole tree", async () => {
  const instance = run({ process: { start: "sh -c 'node web.mjs; true'; true" } });
  const { pid = 0 } = await inState(instance, "ready");
  expect(membersOfGroup(pid).length).toBeGreaterThan(1);
  expect(
    (
      await until(
        () => instance.status(),
        ({ memoryBytes }) => (memoryBytes ?? 0) > 30_000_000,
      )
    ).state,
  ).toBe("ready");
});

test("a flood of log lines fills neither the disk nor the memory of who watches", async () => {
  const limit = 2_000_000;
  const instance = run({ process: { logLimitBytes: limit, memoryLimitBytes: undefined } });
  await inState(instance, "ready");
  const log = path.join(stateDirectory, "logs/r1/api.0.log");
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 10; round++) expect(await ask(instance, "/flood?bytes=10000000")).toBe(200);
  await until(
    () => sizeOf(log),
    (size) => size <= limit,
  );
  const rotated = [await sizeOf(`${log}.1`), await sizeOf(`${log}.2`)];
  expect(Math.max(...rotated)).toBe(limit);
  await expect(stat(`${log}.3`)).rejects.toThrow("ENOENT");
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  const lines = await lastLines(log, 3);
  expect(lines).toHaveLength(3);
  expect(instance.status().state).toBe("ready");
}, 60_000);

test("one that says it is unwell is unhealthy, and restarted when that lasts", async () => {
  const health = { path: "/health", timeoutMs: 500, intervalMs: 20, successes: 1, startTimeoutMs: 10_000 };
  const instance = run({ process: { health } });
  const before = await inState(instance, "ready");
  await ask(instance, "/sicken");
  await inState(instance, "unhealthy");
  expect(told).toEqual(["r1~api~0 is unwell: /health answered 503, 3 times in a row"]);
  const after = await until(
    () => instance.status(),
    ({ state, pid }) => state === "ready" && pid !== before.pid,
    40_000,
  );
  expect(after.restarts).toBe(1);
});

test("one that never gets ready is started anew after its time", async () => {
  const health = { path: "/health", timeoutMs: 100, intervalMs: 20, successes: 1, startTimeoutMs: 300 };
  const instance = run({ process: { health }, variables: { BEHAVE: "hang" } });
  await until(
    () => instance.status().restarts,
    (restarts) => restarts >= 1,
  );
  expect(told[0]).toBe("r1~api~0 was not ready within 300 ms: restarting it");
});

test("one that ignores SIGTERM is ended by force after its grace, with its children", async () => {
  const instance = run({
    process: { start: "sleep 1000 & exec node web.mjs", stopGraceMs: 300 },
    variables: { BEHAVE: "stubborn" },
  });
  const { pid = 0 } = await inState(instance, "ready");
  expect(membersOfGroup(pid)).toHaveLength(2);
  await instance.stop();
  expect(membersOfGroup(pid)).toEqual([]);
  expect(instance.status()).toMatchObject({
    state: "stopped",
    pid: undefined,
    lastExit: { signal: "SIGKILL" },
  });
  expect(await lastLines(path.join(stateDirectory, "logs/r1/api.0.log"), 1)).toEqual(["SIGTERM ignored"]);
  expect((await ground.state.list("instances")).size).toBe(0);
});

test("stopping one that backs off does not wait for its pause", async () => {
  const instance = run({ variables: { BEHAVE: "exit:1" } });
  await until(
    () => instance.status().restarts,
    (restarts) => restarts >= 3,
  );
  await instance.stop();
  expect(instance.status().state).toBe("stopped");
});

test("a worker is ready when it touches its file, and restarted when it has fallen silent", async () => {
  const worker = { ...WORKER, heartbeatWithinMs: 300 };
  const instance = run({ process: worker, variables: { BEHAVE: "once" } });
  const { heartbeatAt, pid } = await inState(instance, "ready");
  expect(Math.abs((heartbeatAt ?? 0) - Date.now())).toBeLessThan(5_000);
  await inState(instance, "unhealthy");
  await until(
    () => instance.status(),
    (status) => status.state === "ready" && status.pid !== pid,
  );
  expect(told[0]).toMatch(/no heartbeat for \d+ ms, expected one within 300 ms/);
});

test("a missing directory is told, not thrown", async () => {
  const instance = run({
    plan: { command: () => ({ file: "/bin/sh", args: ["-c", "true"], cwd: "/no/such/place", env: {} }) },
  });
  await until(
    () => instance.status().restarts,
    (restarts) => restarts >= 1,
  );
  expect(told[0]).toMatch(/^r1~api~0: cannot start \/bin\/sh: /);
});

test("a service is ready when its port answers, unless somebody else answers there", async () => {
  const port = await findFreePort(() => false);
  const service: Service = {
    name: "db",
    file: process.execPath,
    args: [path.join(APP, "web.mjs")],
    env: { PORT: String(port) },
    cwd: APP,
    port,
    stopSignal: "SIGINT",
    stopGraceMs: 3_000,
  };
  const place = { stateDirectory, base: BASE, publicHost: "" };
  const first = begin(planService(service, place, { onChange }));
  const { pid } = await inState(first, "ready");
  const second = begin(planService({ ...service, name: "db2" }, place, { onChange }));
  await until(
    () => second.status().restarts,
    (restarts) => restarts >= 1,
  );
  expect(told.find((line) => line.startsWith("~db2~0: "))).toMatch(
    new RegExp(`^~db2~0: port ${port} is taken by process ${pid} \\(`),
  );
  expect(second.status().state).not.toBe("ready");
});
