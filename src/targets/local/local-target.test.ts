import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { freePort } from "../../../test/fixtures/leash.ts";
import {
  goLive,
  type LocalEnvironment,
  oddRelease,
  openLocalEnvironment,
  until,
  WEB,
  WORKER,
} from "../../../test/fixtures/local-environment.ts";
import {
  identify,
  isRunning,
  processesRunning,
  sessionLeadersMarked,
} from "../../agent/instances/process-table.ts";
import { socketPathOf } from "../../agent/socket-path.ts";
import { UserError } from "../../model/errors.ts";
import { local } from "./local.ts";

function marked({ stateDirectory }: LocalEnvironment): number {
  return sessionLeadersMarked(`GONOGO_AGENT=${stateDirectory}`).length;
}

test("a release is staged on a door of its own, then switched to, then rolled back from", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  expect((await env.get("/")).status).toBe(503);
  await using lease = await target.lock("ada@laptop", "deploy d1", signal);
  const staged = await target.stage(lease, oddRelease("r1"), signal);
  expect(staged.url).toMatch(/^https:\/\/odd\.localhost:\d+$/);
  expect(await env.get("/", staged.url)).toMatchObject({
    status: 200,
    body: expect.stringContaining('"r1"'),
  });
  expect((await env.get("/")).status).toBe(503);
  expect(await target.status(signal)).toMatchObject({ staged: "r1", releases: ["r1"] });

  await target.switchTo(lease, "r1", signal);
  expect((await env.get("/")).body).toContain('"r1"');
  await target.stage(lease, oddRelease("r2"), signal);
  await target.switchTo(lease, "r2", signal);
  expect((await env.get("/")).body).toContain('"r2"');
  expect(await target.status(signal)).toMatchObject({ live: "r2", warm: { release: "r1" } });

  await target.switchTo(lease, "r1", signal);
  expect((await env.get("/")).body).toContain('"r1"');
  await target.retire(lease, "r2", 0, signal);
  await until(
    () => target.status(signal),
    ({ instances }) => instances.every(({ release }) => release === "r1"),
  );
  expect(await target.status(signal)).toMatchObject({ live: "r1", releases: ["r1", "r2"] });
  expect((await target.status(signal)).warm).toBeUndefined();

  const revived = await target.revive(lease, "r2", signal);
  expect((await env.get("/", revived.url)).body).toContain('"r2"');
  await target.discard(lease, "r2", signal);
  expect(await target.status(signal)).toMatchObject({ live: "r1", releases: ["r1", "r2"] });
});

test("purging leaves no process, no socket and no file", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1", {}, [WEB, WORKER]));
  const { pid, parentPid } = await env.status();
  const agents = [pid, parentPid].map((each) => identify(each));
  expect(marked(env)).toBe(2);
  await env.target.stop({ owner: "test", purge: true }, env.signal);
  expect(existsSync(env.directory)).toBe(false);
  expect(existsSync(socketPathOf(env.stateDirectory))).toBe(false);
  expect(agents.filter((each) => each && isRunning(each))).toEqual([]);
  expect(marked(env)).toBe(0);
  expect(await env.target.status(env.signal)).toMatchObject({ live: undefined, instances: [], releases: [] });
});

test("stopping without purging keeps the releases for a revival, and nothing starts by itself", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  await goLive(env, oddRelease("r1", { COLOUR: "octarine" }));
  await target.stop({ owner: "test", purge: false }, signal);
  expect(await target.status(signal)).toMatchObject({ live: undefined, releases: ["r1"], instances: [] });
  await target.prepare(signal);
  expect(await target.status(signal)).toMatchObject({ live: undefined, releases: ["r1"], instances: [] });
  await using lease = await target.lock("ada", "rollback d2", signal);
  await target.revive(lease, "r1", signal);
  await target.switchTo(lease, "r1", signal);
  expect((await env.get("/")).status).toBe(200);
});

test("ports are the same after a stop, and the plain one redirects", async () => {
  await using env = await openLocalEnvironment();
  const before = (await env.target.status(env.signal)).address;
  expect(await env.target.port("db.main", env.signal)).toBe(await env.target.port("db.main", env.signal));
  const database = await env.target.port("db.main", env.signal);
  expect(await env.target.port("db.other", env.signal)).not.toBe(database);
  await env.target.stop({ owner: "test", purge: false }, env.signal);
  await env.target.prepare(env.signal);
  expect((await env.target.status(env.signal)).address).toEqual(before);
  expect(await env.target.port("db.main", env.signal)).toBe(database);
  const plain = await env.doors.http.send({ url: `${before?.plainUrl}/a` });
  expect(plain.status).toBe(308);
  expect(plain.headerLines).toContainEqual(["location", `${before?.url}/a`]);
});

test("a port that is asked for and taken is a mistake that names who holds it", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => holder.once("listening", resolve));
  const { port } = holder.address() as { port: number };
  await using env = await openLocalEnvironment({ prepare: false, declared: { port } });
  const refused = await env.target.prepare(env.signal).catch((thrown: unknown) => thrown);
  holder.close();
  expect(refused).toBeInstanceOf(UserError);
  expect(refused).toMatchObject({
    message: expect.stringMatching(new RegExp(`^port ${port} is taken by process ${process.pid} \\(`)),
    fix: expect.stringContaining(`local({ port: ${port + 1} })`),
  });
  await env.target.prepare(env.signal);
  expect((await env.target.status(env.signal)).address?.url).toBe(`https://odd.localhost:${port}`);
});

test("what is declared otherwise than what runs is said, with the way there, and done after a stop", async () => {
  await using env = await openLocalEnvironment();
  const { address } = await env.status();
  const port = await freePort();
  await using other = await openLocalEnvironment({
    prepare: false,
    directory: env.directory,
    declared: { port, httpPort: Number(new URL(address?.plainUrl ?? "").port), host: "even.localhost" },
  });
  expect(await env.target.obstacle?.(env.signal)).toBeUndefined();
  const refused = await other.target.prepare(other.signal).catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({
    message: `declared are port ${port}, host even.localhost; what runs answers at ${address?.url} and ${address?.plainUrl}`,
    fix: expect.stringMatching(/^gonogo stop --env \S+, then gonogo deploy --env \S+: /),
  });
  expect(await other.target.obstacle?.(other.signal)).toEqual(refused);
  await env.target.stop({ owner: "test", purge: false }, env.signal);
  expect(await other.target.obstacle?.(other.signal)).toBeUndefined();
  await other.target.prepare(other.signal);
  expect((await other.status()).address?.url).toBe(`https://even.localhost:${port}`);
});

test("a default port that is taken gives way to the next free one", async () => {
  await using first = await openLocalEnvironment();
  await using second = await openLocalEnvironment();
  const [one, two] = await Promise.all([first, second].map((env) => env.target.status(env.signal)));
  expect(two?.address?.url).not.toBe(one?.address?.url);
  await goLive(first, oddRelease("r1"));
  await goLive(second, oddRelease("r2"));
  expect((await first.get("/")).body).toContain('"r1"');
  expect((await second.get("/")).body).toContain('"r2"');
});

test("two commands at once start one agent", async () => {
  await using env = await openLocalEnvironment({ prepare: false });
  await Promise.all([1, 2, 3].map(() => env.target.prepare(env.signal)));
  expect((await env.target.status(env.signal)).address?.url).toContain("odd.localhost");
});

test("a project in a deep directory works: its socket is elsewhere", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "gonogo-deep-"));
  const directory = path.join(root, "deep".repeat(20), "er".repeat(40), ".gonogo", "staging");
  await mkdir(directory, { recursive: true });
  {
    await using env = await openLocalEnvironment({ directory });
    expect(socketPathOf(env.stateDirectory).startsWith(root)).toBe(false);
    await goLive(env, oddRelease("r1"));
    expect((await env.get("/")).status).toBe(200);
    await env.target.stop({ owner: "test", purge: true }, env.signal);
    expect(existsSync(socketPathOf(env.stateDirectory))).toBe(false);
  }
  await rm(root, { recursive: true });
});

test("logs are those of the live release, of one process when asked, with values masked", async () => {
  await using env = await openLocalEnvironment();
  const web = { ...WEB, start: 'echo "token is $SECRET_TOKEN"; echo second; exec node web.mjs' };
  await goLive(env, oddRelease("r1", { SECRET_TOKEN: "canary-5e1f" }, [web, WORKER]));
  const lines = await env.target.logs({ lines: 10 }, env.signal);
  expect(lines).toEqual([
    { process: "api", index: 0, release: "r1", text: "token is [SECRET_TOKEN]" },
    { process: "api", index: 0, release: "r1", text: "second" },
  ]);
  expect(await env.target.logs({ lines: 1, process: "api" }, env.signal)).toEqual(lines.slice(1));
  expect(await env.target.logs({ lines: 1, process: "jobs" }, env.signal)).toEqual([]);
});

test("pruning keeps what it is told to, and what runs", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal, directory } = env;
  const code = (id: string): string => path.join(directory, "releases", id, "code");
  for (const id of ["r1", "r2", "r3"]) {
    const release = oddRelease(id);
    await env.doors.shell.run({
      line: `mkdir -p "$CODE" && cp ${release.directory}/* "$CODE"`,
      env: { CODE: code(id), PATH: process.env.PATH ?? "" },
    });
    await goLive(env, { ...release, directory: code(id) });
  }
  await using lease = await target.lock("ada", "deploy d4", signal);
  await until(
    () => target.status(signal),
    ({ instances }) => instances.every(({ release }) => release !== "r1"),
  );
  await target.prune(lease, [], signal);
  expect(await target.status(signal)).toMatchObject({
    live: "r3",
    warm: { release: "r2" },
    releases: ["r2", "r3"],
  });
  expect(existsSync(path.join(directory, "releases", "r1"))).toBe(false);
  expect(existsSync(code("r2"))).toBe(true);
});

test.each([
  [{ port: 0 }, "port"],
  [{ port: 70_000 }, "port"],
  [{ host: "example.com" }, "host"],
  [{ prot: 8_443 }, ""],
])("the options %j are refused", (options, at) => {
  const judged = local.definition.options.safeParse(options);
  expect(judged.error?.issues[0]?.path.join(".")).toBe(at);
});

test("an agent whose directory was deleted is named to whoever meets it, and ends without bringing it back", async () => {
  await using env = await openLocalEnvironment();
  const { address } = await env.status();
  const port = Number(new URL(address?.url ?? "").port);
  await using other = await openLocalEnvironment({ prepare: false, declared: { port } });
  const refused = () => other.target.prepare(other.signal).catch((thrown: unknown) => thrown);
  expect(await refused()).toMatchObject({
    message: `port ${port} is taken by the environment in ${env.directory}`,
    fix: expect.stringContaining(`gonogo stop --env ${path.basename(env.directory)} in its project ends it`),
  });
  await goLive(env, oddRelease("r1"));
  await rm(env.directory, { recursive: true });
  const told = await refused();
  expect(told).toMatchObject({
    message: `port ${port} is taken by the environment in ${env.directory}, which was deleted`,
  });
  const unreachable = expect.stringMatching(/still runs as process \d+; what it keeps here was deleted/);
  await expect(env.target.status(env.signal)).rejects.toMatchObject({ message: unreachable });

  const [, pid] =
    /kill (\d+) ends it with all it runs/.exec(told instanceof UserError ? `${told.fix}` : "") ?? [];
  process.kill(Number(pid), "SIGTERM");
  await until(
    () => processesRunning(/agent\/(agent|parent)\.ts$/, env.stateDirectory).length + marked(env),
    (count) => count === 0,
  );
  expect(existsSync(env.directory)).toBe(false);
});
