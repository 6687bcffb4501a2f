import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  goLive,
  oddRelease,
  openLocalEnvironment,
  until,
  WEB,
  WORKER,
} from "../../../test/fixtures/local-environment.ts";
import { mountSmallDisk } from "../../../test/fixtures/small-disk.ts";
import { messageOf } from "../../model/errors.ts";
import type { Process, Service } from "../../model/process.ts";

test("workers overlap while a release is staged; after the switch only those of the live one work", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  const diary = path.join(env.directory, "diary");
  const read = (): string[] => readFileSync(diary, "utf8").trim().split("\n");
  const release = (id: string) => oddRelease(id, { DIARY: diary }, [WEB, WORKER]);
  await goLive(env, release("r1"));
  await using lease = await target.lock("ada", "deploy d2", signal);
  await target.stage(lease, release("r2"), signal);
  expect(read()).toEqual(["r1 starts", "r2 starts"]);
  await target.switchTo(lease, "r2", signal);
  await until(read, (lines) => lines.length === 3);
  expect(read()).toEqual(["r1 starts", "r2 starts", "r1 ends"]);
  const warm = await until(
    () => target.status(signal),
    ({ instances }) => instances.length === 3,
  );
  expect(warm.instances.map((each) => `${each.release} ${each.process}`).sort()).toEqual([
    "r1 api",
    "r2 api",
    "r2 jobs",
  ]);

  await target.switchTo(lease, "r1", signal);
  await until(read, (lines) => lines.length === 5);
  expect(read().slice(3).sort()).toEqual(["r1 starts", "r2 ends"]);
});

test("only the live release's schedules run", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  const tick: Process = {
    ...WORKER,
    name: "tick",
    kind: "schedule",
    start: "echo tick",
    schedule: { everyMs: 50, timeoutMs: 5_000 },
  };
  const ticksOf = async (release: string): Promise<number> =>
    (await target.logs({ process: "tick", release, lines: 1_000 }, signal)).length;
  await goLive(env, oddRelease("r1", {}, [WEB, tick]));
  await until(
    () => ticksOf("r1"),
    (count) => count > 1,
  );
  await using lease = await target.lock("ada", "deploy d2", signal);
  await target.stage(lease, oddRelease("r2", {}, [WEB, tick]), signal);
  expect(await ticksOf("r2")).toBe(0);
  await target.switchTo(lease, "r2", signal);
  await until(
    () => ticksOf("r2"),
    (count) => count > 1,
  );
  const before = await ticksOf("r1");
  await until(
    () => ticksOf("r2"),
    (count) => count > 5,
  );
  expect(await ticksOf("r1")).toBe(before);
  expect((await target.status(signal)).schedules).toMatchObject([
    { process: "tick", everyMs: 50, failures: 0 },
  ]);
});

test("switching to and fro under load fails no request, and each request knows one release", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal, doors } = env;
  const web = { ...WEB, instances: 2 };
  await goLive(env, oddRelease("r1", {}, [web]));
  await using lease = await target.lock("ada", "deploy d2", signal);
  await target.stage(lease, oddRelease("r2", {}, [web]), signal);
  const { address } = await target.status(signal);
  let isOn = true;
  const seen = new Map<string, number>();
  const clients = Array.from({ length: 8 }, async (_, client) => {
    while (isOn) {
      const url = `${address?.url}${client % 2 ? "/" : "/slow?ms=30"}`;
      const answer = await doors.http
        .send({ url, ca: address?.ca ?? "", fresh: client % 3 === 0, headers: { "user-agent": "a user" } })
        .then(
          ({ status, body }) => (status === 200 ? JSON.parse(Buffer.from(body).toString()).release : status),
          messageOf,
        );
      seen.set(answer, (seen.get(answer) ?? 0) + 1);
    }
  });
  for (let round = 0; round < 10; round++) {
    await target.switchTo(lease, round % 2 ? "r1" : "r2", signal);
    const count = (): number => [...seen.values()].reduce((sum, each) => sum + each, 0);
    const before = count();
    await until(count, (now) => now > before + 30);
  }
  isOn = false;
  await Promise.all(clients);
  expect([...seen.keys()].sort()).toEqual(["r1", "r2"]);
  const traffic = await target.traffic(doors.clock.now() - 60_000, signal);
  expect(traffic.map(({ release, failed }) => [release, failed]).sort()).toEqual([
    ["r1", 0],
    ["r2", 0],
  ]);
  expect(traffic.every(({ requests, p95Ms }) => requests > 50 && (p95Ms ?? 0) > 0)).toBe(true);
});

test("a retired release is stopped when its warm time is over, also under the next agent", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  await goLive(env, oddRelease("r1"));
  await goLive(env, oddRelease("r2"));
  {
    await using lease = await target.lock("ada", "deploy d2", signal);
    await target.retire(lease, "r1", 1_500, signal);
  }
  expect((await target.status(signal)).warm?.until).toBeGreaterThan(env.doors.clock.now());
  process.kill((await env.status()).pid, "SIGKILL");
  expect(await target.status(signal)).toMatchObject({ live: "r2", warm: { release: "r1" } });
  const after = await until(
    () => target.status(signal),
    ({ instances }) => instances.every(({ release }) => release === "r2"),
  );
  expect(after).toMatchObject({ live: "r2", warm: undefined, releases: ["r1", "r2"] });
});

test("how the instances of a discarded release ended is remembered, also by the next agent", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  await goLive(env, oddRelease("r1"));
  {
    await using lease = await target.lock("ada", "deploy d2", signal);
    const stubborn = oddRelease("r2", { BEHAVE: "stubborn" }, [{ ...WEB, stopGraceMs: 300 }]);
    await target.stage(lease, stubborn, signal);
    await target.discard(lease, "r2", signal);
  }
  const { stops } = await until(
    () => target.status(signal),
    (now) => (now.stops ?? []).length > 0,
  );
  expect(stops).toMatchObject([
    {
      ...{ release: "r2", commit: "tree:test", wasReady: true },
      ...{ process: "api", index: 0, code: null, signal: "SIGKILL" },
    },
  ]);
  process.kill((await env.status()).pid, "SIGKILL");
  expect((await target.status(signal)).stops).toEqual(stops);
});

test("how the instances of a release that answered users ended is remembered, too", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  await goLive(env, oddRelease("r1"));
  await goLive(env, oddRelease("r2"));
  {
    await using lease = await target.lock("ada", "deploy d2", signal);
    await target.retire(lease, "r1", 0, signal);
  }
  const { stops } = await until(
    () => target.status(signal),
    (now) => (now.stops ?? []).length > 0,
  );
  expect(stops).toMatchObject([{ release: "r1", wasReady: true, code: 0, signal: null }]);
});

test("a site has no process: the edge serves it, beside the web process's own paths", async () => {
  await using env = await openLocalEnvironment();
  const { directory } = oddRelease("r1");
  const site: Process = {
    ...WEB,
    name: "front",
    kind: "site",
    instances: 0,
    site: { directory: ".", fallback: "worker.mjs" },
    routes: [{ prefix: "/" }],
  };
  const api: Process = { ...WEB, routes: [{ prefix: "/slow" }] };
  await goLive(env, oddRelease("r1", {}, [site, api]));
  expect((await env.get("/web.mjs")).body).toBe(readFileSync(path.join(directory, "web.mjs"), "utf8"));
  expect((await env.get("/some/page")).body).toBe(readFileSync(path.join(directory, "worker.mjs"), "utf8"));
  expect((await env.get("/slow?ms=1")).body).toContain('"r1"');
  expect((await env.target.status(env.signal)).instances).toHaveLength(1);
});

test("the live release can be neither retired nor discarded", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  await using lease = await env.target.lock("ada", "deploy d2", env.signal);
  await expect(env.target.retire(lease, "r1", 0, env.signal)).rejects.toThrow("release r1 is live");
  await expect(env.target.discard(lease, "r1", env.signal)).rejects.toThrow("release r1 is live");
  await env.target.prune(lease, [], env.signal);
  expect((await env.get("/")).status).toBe(200);
});

test("a supplied service runs outside releases, survives the agent, and a broken one tells why", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  const port = await target.port("db", signal);
  const service: Service = {
    name: "db",
    file: process.execPath,
    args: [path.join(oddRelease("r1").directory, "web.mjs")],
    env: { PORT: String(port) },
    cwd: env.directory,
    port,
    stopSignal: "SIGTERM",
    stopGraceMs: 2_000,
    uid: 65_534,
    gid: 65_534,
  };
  await target.supply(service, signal);
  const [before] = (await target.status(signal)).instances;
  expect(before).toMatchObject({ release: "", process: "db", port, state: "ready" });
  await target.supply(service, signal);
  process.kill((await env.status()).pid, "SIGKILL");
  expect((await target.status(signal)).instances[0]?.pid).toBe(before?.pid);
  await target.supply({ ...service, code: "other" }, signal);
  const [after] = (await target.status(signal)).instances;
  expect(after).toMatchObject({ process: "db", state: "ready" });
  expect(after?.pid).not.toBe(before?.pid);

  const broken = {
    ...service,
    name: "bad",
    port: port + 1,
    env: { BEHAVE: "throw", SECRET_TOKEN: "canary-31" },
  };
  const refused = await target.supply(broken, signal).catch(messageOf);
  expect(refused).toMatch(/^bad ended 3 times, last with code 1\n.*cannot start with \[SECRET_TOKEN\]/s);
  await target.supply({ ...broken, env: { PORT: String(port + 1) } }, signal);
}, 60_000);

test("a full disk refuses the switch with the file's name, and what was live stays live", async () => {
  using disk = mountSmallDisk(20);
  await using env = await openLocalEnvironment({ directory: path.join(disk.directory, "staging") });
  const { target, signal } = env;
  await goLive(env, oddRelease("r1"));
  await using lease = await target.lock("ada", "deploy d2", signal);
  await target.stage(lease, oddRelease("r2"), signal);
  disk.fill();
  await expect(target.switchTo(lease, "r2", signal)).rejects.toThrow(/cannot write .*pointer\.json: ENOSPC/);
  await expect(target.stage(lease, oddRelease("r3"), signal)).rejects.toThrow(/cannot write .*ENOSPC/);
  expect((await env.get("/")).body).toContain('"r1"');
  disk.free();
  await target.switchTo(lease, "r2", signal);
  expect((await env.get("/")).body).toContain('"r2"');
});
