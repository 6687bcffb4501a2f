import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import {
  goLive,
  type LocalEnvironment,
  oddRelease,
  openLocalEnvironment,
  until,
  WEB,
  WORKER,
} from "../../../test/fixtures/local-environment.ts";
import { identify, processesRunning, sessionLeadersMarked } from "../../agent/instances/process-table.ts";

async function pidsOf(env: LocalEnvironment): Promise<(number | undefined)[]> {
  return (await env.target.status(env.signal)).instances.map(({ pid }) => pid);
}

/** Kills the agent and waits for the next one to answer. */
async function killAgent(env: LocalEnvironment): Promise<number> {
  const { pid } = await env.status();
  process.kill(pid, "SIGKILL");
  await until(env.status, (status) => status.pid !== pid);
  return pid;
}

interface Loop {
  stop(): Promise<{ answered: number; failed: unknown[]; worstMs: number }>;
}

/** Asks for a page over and over, each time on a connection of its own. */
function askOver(env: LocalEnvironment, page: string): Loop {
  let isOn = true;
  const failed: unknown[] = [];
  let answered = 0;
  let worstMs = 0;
  const ended = (async () => {
    const { address } = await env.target.status(env.signal);
    while (isOn) {
      const from = performance.now();
      const request = { url: `${address?.url}${page}`, ca: address?.ca ?? "", fresh: true };
      await env.doors.http.send(request).then(
        ({ status }) => (status === 200 ? answered++ : failed.push(status)),
        (thrown: unknown) => failed.push(thrown),
      );
      worstMs = Math.max(worstMs, performance.now() - from);
    }
  })();
  return {
    async stop() {
      isOn = false;
      await ended;
      return { answered, failed, worstMs };
    },
  };
}

test("a killed agent is back at once, with the same processes, and loses only what was in flight", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1", {}, [{ ...WEB, instances: 2 }, WORKER]));
  const before = await pidsOf(env);
  expect(before).toHaveLength(3);
  const loop = askOver(env, "/");
  for (let round = 0; round < 3; round++) await killAgent(env);
  const after = await until(
    () => env.target.status(env.signal),
    ({ instances }) => instances.every(({ state }) => state === "ready"),
  );
  expect(after.instances.map(({ pid }) => pid)).toEqual(before);
  expect(after).toMatchObject({ live: "r1", lease: undefined });
  const { failed, answered } = await loop.stop();
  expect(answered).toBeGreaterThan(3);
  expect(failed.length).toBeLessThanOrEqual(3);
});

test("requests that come while there is no agent wait and are answered", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const { pid, parentPid, address } = await env.status();
  process.kill(parentPid, "SIGSTOP");
  process.kill(pid, "SIGKILL");
  await until(
    () => identify(pid),
    (identity) => identity === undefined,
  );
  const { hostname: host, port } = new URL(address?.url ?? "");
  await env.doors.sockets.connect({ host, port: Number(port) });
  const request = { url: `${address?.url}/`, ca: address?.ca ?? "", fresh: true };
  const answers = Promise.all([1, 2, 3].map(() => env.doors.http.send(request)));
  process.kill(parentPid, "SIGCONT");
  expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200]);
});

test("an application that ended while there was no agent is started again", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const [web] = await pidsOf(env);
  const { pid, parentPid } = await env.status();
  process.kill(parentPid, "SIGSTOP");
  process.kill(pid, "SIGKILL");
  process.kill(web as number, "SIGKILL");
  process.kill(parentPid, "SIGCONT");
  const { instances } = await until(
    () => env.target.status(env.signal),
    (status) => status.instances.every(({ state }) => state === "ready"),
  );
  expect(instances).toMatchObject([{ restarts: 1, release: "r1" }]);
  expect(instances[0]?.pid).not.toBe(web);
  expect((await env.get("/")).status).toBe(200);
});

test("a killed parent is replaced, and its successor starts the agent again as well", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const { pid, parentPid } = await env.status();
  const before = await pidsOf(env);
  process.kill(parentPid, "SIGKILL");
  await until(
    () => identify(parentPid),
    (identity) => identity === undefined,
  );
  expect((await env.get("/")).status).toBe(200);
  await until(
    () => processesRunning(/agent\/parent\.ts$/, env.stateDirectory),
    (found) => found.length === 1,
  );
  process.kill(pid, "SIGKILL");
  await until(env.status, (status) => status.pid !== pid);
  expect((await env.get("/")).status).toBe(200);
  expect(await pidsOf(env)).toEqual(before);
});

test("a release that was being staged goes on being staged by the next agent", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const slow = { ...WEB, start: "sleep 1; exec node web.mjs" };
  await using lease = await env.target.lock("ada", "deploy d2", env.signal);
  const staging = env.target.stage(lease, oddRelease("r2", {}, [slow]), env.signal);
  await until(env.status, ({ instances }) =>
    instances.some(({ release, pid }) => release === "r2" && pid !== undefined),
  );
  await killAgent(env);
  const staged = await staging;
  expect((await env.get("/", staged.url)).body).toContain('"r2"');
  expect((await env.target.status(env.signal)).instances.map(({ restarts }) => restarts)).toEqual([0, 0]);
  await env.target.switchTo(lease, "r2", env.signal);
  expect((await env.get("/")).body).toContain('"r2"');
  expect(lease.lost.aborted).toBe(false);
});

test("a program started just before the agent was killed is not left over", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const [web] = await pidsOf(env);
  // As if the agent had been killed between starting it and writing that down.
  await env.target.port("any", env.signal);
  const { pid, parentPid } = await env.status();
  process.kill(parentPid, "SIGSTOP");
  process.kill(pid, "SIGKILL");
  await writeFile(
    path.join(env.stateDirectory, "instances", "r1~api~0.json"),
    '{"pid": 1, "startedTicks": "no"}',
  );
  process.kill(parentPid, "SIGCONT");
  await until(env.status, (status) => status.instances.every(({ state }) => state === "ready"));
  await until(
    () => sessionLeadersMarked(`GONOGO_AGENT=${env.stateDirectory}`),
    (found) => found.length === 1 && found[0]?.identity.pid !== web,
  );
  expect((await env.get("/")).status).toBe(200);
});

test("one unreadable entry costs only itself", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  await goLive(env, oddRelease("r2"));
  const port = await env.target.port("db.main", env.signal);
  await writeFile(path.join(env.stateDirectory, "releases", "r1.json"), '{"id": "r1", "comm');
  await writeFile(path.join(env.stateDirectory, "lease.json"), "\0\0\0");
  await writeFile(path.join(env.stateDirectory, "ports", "odd.json"), "[");
  await killAgent(env);
  expect(await env.target.status(env.signal)).toMatchObject({ live: "r2", releases: ["r2"] });
  expect(await env.target.port("db.main", env.signal)).toBe(port);
  expect((await env.get("/")).body).toContain('"r2"');
  await until(
    () => env.target.status(env.signal),
    ({ instances }) => instances.every(({ release }) => release === "r2"),
  );
  expect(
    await env.doors.files.stat(path.join(env.stateDirectory, "releases", "r1.json.unreadable")),
  ).toBeDefined();
});

test("a release whose variables are unreadable goes on, and its warm predecessor is there to roll back to", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  await goLive(env, oddRelease("r2"));
  const before = await pidsOf(env);
  await writeFile(path.join(env.stateDirectory, "variables", "r2.json"), "{");
  await killAgent(env);
  expect((await env.get("/")).body).toContain('"r2"');
  expect(await pidsOf(env)).toEqual(before);
  await using lease = await env.target.lock("ada", "rollback d3", env.signal);
  await env.target.switchTo(lease, "r1", env.signal);
  expect((await env.get("/")).body).toContain('"r1"');
});

test("a live release whose entry is unreadable gives way to the warm one", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  await goLive(env, oddRelease("r2"));
  await writeFile(path.join(env.stateDirectory, "releases", "r2.json"), "{");
  await killAgent(env);
  expect((await env.get("/")).body).toContain('"r1"');
  expect(await env.target.status(env.signal)).toMatchObject({
    live: "r1",
    warm: undefined,
    releases: ["r1"],
  });
});

test("an agent asked to restart loses no request", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const { pid } = await env.status();
  const loop = askOver(env, "/slow?ms=100");
  await env.agent.send("restart", {}, env.signal);
  await until(env.status, (status) => status.pid !== pid);
  await env.get("/");
  expect(await loop.stop()).toMatchObject({ failed: [] });
});
