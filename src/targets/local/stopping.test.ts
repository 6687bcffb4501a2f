import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  goLive,
  oddRelease,
  openLocalEnvironment,
  until,
  WEB,
} from "../../../test/fixtures/local-environment.ts";
import { mountSmallDisk } from "../../../test/fixtures/small-disk.ts";
import { agentProcesses } from "../../agent/launch-parent.ts";
import { messageOf, UserError } from "../../model/errors.ts";

const STOP = { owner: "bob@desk", purge: false };
/** Takes a while to end, and is killed in the end. */
const STUBBORN = { ...WEB, stopGraceMs: 1_500 };

test("an environment in which somebody works is not ended: who does, since when, at which step", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  await goLive(env, oddRelease("r1"));
  {
    await using lease = await target.lock("ada@laptop", "deploy d3", signal);
    await lease.step("migrate");
    const refused = await target.stop({ ...STOP, purge: true }, signal).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(UserError);
    expect(messageOf(refused)).toMatch(
      /^ada@laptop holds the lock for deploy d3 since \d\d:\d\d:\d\d UTC \(.+ ago\), at step "migrate"$/,
    );
    expect(refused).toMatchObject({ fix: expect.stringContaining("freed by itself within seconds") });
    expect(lease.lost.aborted).toBe(false);
  }
  expect((await env.get("/")).body).toContain('"r1"');
  await target.stop(STOP, signal);
  expect(await target.status(signal)).toMatchObject({ live: undefined, instances: [] });
});

test("nobody gets the lock of an environment that ends, and it is free again afterwards", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  await goLive(env, oddRelease("r1", { BEHAVE: "stubborn" }, [STUBBORN]));
  const stopped = target.stop(STOP, signal);
  await until(
    () => env.status(),
    ({ lease }) => lease !== undefined,
  );
  await expect(target.lock("ada@laptop", "deploy d3", signal)).rejects.toThrow(
    /^bob@desk holds the lock for stop since /,
  );
  await stopped;
  await target.prepare(signal);
  await goLive(env, oddRelease("r2"));
  expect((await env.get("/")).body).toContain('"r2"');
});

test("a stop and a start of it at any moment end with it running, and only one of it", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  // Whichever instant of the stop the start meets: what it starts is not taken for what is to be ended.
  for (const pauseMs of [0, 30, 60, 90, 120]) {
    const stopped = target.stop({ ...STOP, purge: pauseMs % 60 === 0 }, signal);
    await delay(pauseMs);
    await Promise.all([stopped, target.prepare(signal)]);
    await target.prepare(signal);
    await goLive(env, oddRelease(`r${pauseMs}`));
    expect((await env.get("/")).body).toContain(`"r${pauseMs}"`);
    expect(agentProcesses(env.stateDirectory)).toHaveLength(2);
  }
});

test("an agent that is killed while it ends everything is told again when it is back", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  await goLive(env, oddRelease("r1", { BEHAVE: "stubborn" }, [STUBBORN]));
  const stopped = target.stop(STOP, signal);
  const { pid } = await until(
    () => env.status(),
    ({ lease }) => lease !== undefined,
  );
  process.kill(pid, "SIGKILL");
  await stopped;
  expect(agentProcesses(env.stateDirectory)).toEqual([]);
  expect(await target.status(signal)).toMatchObject({ live: undefined, instances: [] });
});

test("an environment on a full disk is ended", async () => {
  using disk = mountSmallDisk(20);
  await using env = await openLocalEnvironment({ directory: path.join(disk.directory, "staging") });
  await goLive(env, oddRelease("r1"));
  disk.fill();
  await env.target.stop(STOP, env.signal);
  expect(agentProcesses(env.stateDirectory)).toEqual([]);
});
