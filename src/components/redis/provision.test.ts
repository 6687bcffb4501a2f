import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../../test/fixtures/leash.ts";
import { type RunningService, runService } from "../../../test/fixtures/running-service.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { Provisioned } from "../../model/component.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { outsideDirectories } from "../../system/service-account.ts";
import { redisOptions } from "./options.ts";
import { provision } from "./provision.ts";
import { redis } from "./redis.ts";

let root: string;
let port: number;
const ended: (() => Promise<void>)[] = [];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "gonogo-test-provision-redis-"));
  port = await freePort();
});
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
  await using doors = openDoors();
  const outside = await outsideDirectories(doors, root);
  for (const directory of [root, ...outside]) rmSync(directory, { recursive: true, force: true });
});

const signal = new AbortController().signal;

async function provide(doors: Doors, options: Record<string, unknown> = {}): Promise<Provisioned> {
  return provision({
    name: "cache",
    options: redisOptions.parse(options),
    launch: "soulseer",
    project: root,
    stage: "staging",
    directory: root,
    doors,
    port: async () => port,
    signal,
  });
}

/** As the agent does it; ends with the test. */
async function start({ service, settle }: Provisioned): Promise<RunningService> {
  const running = runService(service);
  ended.push(running.end);
  await settle?.(signal);
  return running;
}

describe("a supplied Redis", () => {
  it.each(["queue", "cache", "both"])("passes its own checks when it is for a %s", async (use) => {
    await using doors = openDoors();
    const provisioned = await provide(doors, { use });
    await start(provisioned);
    const url = provisioned.variables.REDIS_URL;
    const subject = subjectFor({
      options: redisOptions.parse({ use }),
      variables: { REDIS_URL: url?.reveal() ?? "" },
    });
    const observer = createObserver(doors);
    for (const check of redis.definition.checks) {
      const { outcome } = await ask(observer, subject, check);
      expect(["pass", "not applicable"], `${check.id}: ${JSON.stringify(outcome)}`).toContain(outcome.status);
    }
  });

  it("lets a queue do its work: scripts, blocking reads, channels", async () => {
    await using doors = openDoors();
    const provisioned = await provide(doors, { use: "queue" });
    await start(provisioned);
    const url = provisioned.variables.REDIS_URL;
    if (!url) throw new Error("no address");
    await using session = await doors.redis.open(url);
    expect(await session.command("EVAL", "return redis.call('lpush', KEYS[1], 'x')", 1, "jobs")).toBe(1);
    expect(await session.command("BLMOVE", "jobs", "running", "RIGHT", "LEFT", 1)).toBe("x");
    expect(await session.command("PUBLISH", "channel", "hello")).toBe(0);
    await expect(session.command("FLUSHALL")).rejects.toThrow(/NOPERM/);
  });

  it("keeps a queue over a crash and is the same the second time", async () => {
    await using doors = openDoors();
    const first = await provide(doors, { use: "queue" });
    const running = await start(first);
    const url = first.variables.REDIS_URL;
    if (!url) throw new Error("no address");
    {
      await using session = await doors.redis.open(url);
      await session.command("LPUSH", "jobs", "kept");
    }
    await running.end("SIGKILL");
    const second = await provide(doors, { use: "queue" });
    expect(second.service).toEqual(first.service);
    expect(second.variables.REDIS_URL?.reveal()).toBe(url.reveal());
    await start(second);
    await using session = await doors.redis.open(url);
    expect(await session.command("LRANGE", "jobs", 0, -1)).toEqual(["kept"]);
  });

  it("changes its arguments with the declaration, and keeps its password out of them and of what others may read", async () => {
    await using doors = openDoors();
    const small = await provide(doors);
    const large = await provide(doors, { maxMemory: "128MB" });
    expect(large.service.args).not.toEqual(small.service.args);
    const { service, variables, told } = large;
    expect(readdirSync(service.cwd).filter((name) => name.endsWith(".conf"))).toHaveLength(1);
    const password = new URL(variables.REDIS_URL?.reveal() ?? "").password;
    expect([...service.args, told].join()).not.toContain(password);
    expect(readFileSync(service.args[0] ?? "", "utf8")).not.toContain(password);
    expect(statSync(service.args[0] ?? "").mode & 0o777).toBe(0o600);
    expect(statSync(join(root, "password")).mode & 0o777).toBe(0o600);
  });

  it("names the line to type where there is no redis-server, or too old a one", async () => {
    await using real = openDoors();
    const without: Doors = { ...real, shell: { ...real.shell, find: async () => undefined } };
    await expect(provide(without)).rejects.toMatchObject({
      message: "there is no redis-server on this machine",
      fix: "apt-get install redis-server",
    });
    const run: Doors["shell"]["run"] = async (command) => ({
      ...(await real.shell.run(command)),
      stdout: "Redis server v=5.0.7",
    });
    const old: Doors = { ...real, shell: { ...real.shell, run } };
    await expect(provide(old)).rejects.toThrow(/is version 5\.0\.7, at least 6/);
  });
});
