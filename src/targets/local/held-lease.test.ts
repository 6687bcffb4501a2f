import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import {
  goLive,
  type LocalEnvironment,
  oddRelease,
  openLocalEnvironment,
  until,
  WEB,
} from "../../../test/fixtures/local-environment.ts";
import { agentProcesses } from "../../agent/launch-parent.ts";
import { LEASE_MS } from "../../agent/lease-book.ts";
import { messageOf, UserError } from "../../model/errors.ts";

/** A command of its own that takes the lock, works, says "there" and then only holds on, until it is killed. */
const HOLDER = `
import { local } from "LOCAL";
import { openDoors } from "DOORS";
import { oddRelease } from "FIXTURE";
const [directory, id, upTo] = process.argv.slice(1);
const signal = AbortSignal.timeout(50_000);
const doors = openDoors();
const request = { launch: "odd", environment: "staging", directory, host: undefined, options: {}, doors, signal };
const target = await local.definition.open(request);
const lease = await target.lock("bob@desk", "deploy d7", signal);
await lease.step("stage");
if (upTo !== "lock") await target.stage(lease, oddRelease(id), signal);
if (upTo === "switch") await target.switchTo(lease, id, signal);
process.stdout.write("there");
// Until it is killed, or the test has ended without killing it.
process.stdin.on("end", () => process.exit()).resume();
`;

async function startHolder(
  env: LocalEnvironment,
  options: { id: string; upTo: "lock" | "stage" | "switch" },
): Promise<ChildProcess> {
  const url = (path: string): string => new URL(path, import.meta.url).href;
  const script = HOLDER.replace("LOCAL", url("./local.ts"))
    .replace("DOORS", url("../../system/doors.ts"))
    .replace("FIXTURE", url("../../../test/fixtures/local-environment.ts"));
  const args = ["--input-type=module", "-e", script, env.directory, options.id, options.upTo];
  const holder = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  return holder;
}

test("a second lock is refused with who, since when and at which step, and free again afterwards", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  {
    await using lease = await target.lock("ada@laptop", "deploy d3", signal);
    await lease.step("migrate");
    const refused = await target.lock("bob@desk", "deploy d4", signal).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(UserError);
    expect(messageOf(refused)).toMatch(
      /^ada@laptop holds the lock for deploy d3 since \d\d:\d\d:\d\d UTC \(\d+ ms ago\), at step "migrate"$/,
    );
    expect((await target.status(signal)).lease).toMatchObject({ owner: "ada@laptop", step: "migrate" });
    expect((await target.status(signal)).lease).not.toHaveProperty("token");
  }
  await using _ = await target.lock("bob@desk", "deploy d4", signal);
  expect((await target.status(signal)).lease?.owner).toBe("bob@desk");
});

test("a lease outlives its time to live while its holder renews it", async () => {
  await using env = await openLocalEnvironment();
  await using lease = await env.target.lock("ada", "deploy d1", env.signal);
  const first = (await env.target.status(env.signal)).lease?.expiresAt ?? 0;
  await until(
    () => env.target.status(env.signal),
    (status) => (status.lease?.expiresAt ?? 0) > first + LEASE_MS,
  );
  expect(lease.lost.aborted).toBe(false);
});

test("a command killed while its release is staged leaves nothing: not the lock, not the release", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const holder = await startHolder(env, { id: "r2", upTo: "stage" });
  expect(await env.target.status(env.signal)).toMatchObject({
    staged: "r2",
    lease: { owner: "bob@desk", step: "stage" },
  });
  holder.kill("SIGKILL");
  const settled = await until(
    () => env.target.status(env.signal),
    ({ lease, instances }) => lease === undefined && instances.every(({ release }) => release === "r1"),
    10_000,
  );
  expect(settled).toMatchObject({ live: "r1", staged: undefined, releases: ["r1"] });
  await goLive(env, oddRelease("r3"));
  expect((await env.get("/")).body).toContain('"r3"');
});

test("a command killed after its switch leaves the new release live and the old one warm for a while", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const holder = await startHolder(env, { id: "r2", upTo: "switch" });
  holder.kill("SIGKILL");
  const settled = await until(
    () => env.target.status(env.signal),
    ({ lease }) => lease === undefined,
    10_000,
  );
  expect(settled).toMatchObject({ live: "r2", warm: { release: "r1" } });
  expect(settled.warm?.until).toBeLessThan(env.doors.clock.now() + 700_000);
  expect((await env.get("/")).body).toContain('"r2"');
});

test("a lease whose command and agent are killed together is settled by the next agent", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const holder = await startHolder(env, { id: "r2", upTo: "stage" });
  holder.kill("SIGKILL");
  const { pid } = await env.status();
  process.kill(pid, "SIGKILL");
  const settled = await until(
    () => env.target.status(env.signal),
    ({ lease, instances }) => lease === undefined && instances.every(({ release }) => release === "r1"),
    10_000,
  );
  expect(settled).toMatchObject({ live: "r1", staged: undefined, releases: ["r1"] });
});

test("the lock of a command that is dead is taken over at once, with what it staged", async () => {
  await using env = await openLocalEnvironment();
  await goLive(env, oddRelease("r1"));
  const holder = await startHolder(env, { id: "r2", upTo: "stage" });
  holder.kill("SIGKILL");
  await once(holder, "exit");
  await using _ = await env.target.lock("ada@laptop", "deploy d8", env.signal);
  expect(await env.target.status(env.signal)).toMatchObject({
    live: "r1",
    staged: undefined,
    lease: { owner: "ada@laptop" },
  });
  const log = await env.doors.files.read(`${env.stateDirectory}/agent.log`);
  expect(log).toMatch(/the lease of bob@desk \(deploy d7, step stage\) ended: process \d+ is gone/);
});

test("a lock that outlived the agent is given back by nobody, and is its command's until that ends", async () => {
  await using env = await openLocalEnvironment();
  const holder = await startHolder(env, { id: "r1", upTo: "lock" });
  for (const { pid } of agentProcesses(env.stateDirectory)) process.kill(pid, "SIGKILL");
  await until(
    () => agentProcesses(env.stateDirectory),
    (left) => left.length === 0,
  );
  await env.target.prepare(env.signal);
  await expect(env.target.lock("ada", "deploy d8", env.signal)).rejects.toThrow("bob@desk holds the lock");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const lease = await env.target.lock("ada", "deploy d8", env.signal);
  for (const { pid } of agentProcesses(env.stateDirectory)) process.kill(pid, "SIGKILL");
  await expect(lease.release()).rejects.toThrow("the agent does not answer");
  await lease[Symbol.asyncDispose]();
});

test("a stolen lease is lost to its holder, what it staged with it, and its requests are refused", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  await goLive(env, oddRelease("r1"));
  await using mine = await target.lock("ada", "deploy d2", signal);
  await target.stage(mine, oddRelease("r2"), signal);
  await using theirs = await target.lock("bob", "rollback d3", signal, {
    steal: "ada's train has no network",
  });
  await until(() => mine.lost.aborted, Boolean);
  expect(messageOf(mine.lost.reason)).toBe("the lease is lost: bob holds it now (rollback d3)");
  await expect(target.switchTo(mine, "r2", signal)).rejects.toThrow("the lease is lost");
  await expect(target.stage(mine, oddRelease("r3"), signal)).rejects.toThrow("the lease is lost");
  await expect(mine.release()).rejects.toThrow("the lease is lost: bob holds it now");
  await expect(target.switchTo(theirs, "r2", signal)).rejects.toThrow("release r2 does not run here");
  expect(await target.status(signal)).toMatchObject({ live: "r1", releases: ["r1"] });
  const log = await env.doors.files.read(`${env.stateDirectory}/agent.log`);
  expect(log).toContain("was taken over by bob: ada's train has no network");
});

test("giving the lease back gives up what was staged", async () => {
  await using env = await openLocalEnvironment();
  {
    await using lease = await env.target.lock("ada", "deploy d1", env.signal);
    await env.target.stage(lease, oddRelease("r1", {}, [WEB]), env.signal);
  }
  expect(await env.target.status(env.signal)).toMatchObject({
    live: undefined,
    staged: undefined,
    releases: [],
  });
});
