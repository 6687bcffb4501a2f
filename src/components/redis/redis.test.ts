import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../../test/fixtures/leash.ts";
import { startRedis, type TestRedis } from "../../../test/fixtures/redis.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Outcome } from "../../model/outcome.ts";
import { Secret } from "../../model/secret.ts";
import { openDoors } from "../../system/doors.ts";
import { connectionOkTlsAuth, dangerCommands, keyTtl, memoryPolicy } from "./checks.ts";
import { addressOf, type Reached } from "./facts.ts";
import { redisOptions } from "./options.ts";
import { persistenceMatchesUse } from "./persistence-check.ts";
import { redis } from "./redis.ts";

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

async function outcomeOf(
  check: AnyCheck,
  url: Secret | undefined,
  options: Record<string, unknown> = {},
): Promise<Outcome> {
  await using doors = openDoors();
  const subject = subjectFor({
    options: redisOptions.parse(options),
    variables: url ? { REDIS_URL: url.reveal() } : {},
  });
  return (await ask(createObserver(doors), subject, check)).outcome;
}

async function command(...args: string[]): Promise<void> {
  await using doors = openDoors();
  await using session = await doors.redis.open(server.url);
  const [name = "", ...rest] = args;
  await session.command(name, ...rest);
}

describe("a Redis that does not answer", () => {
  it("fails one check, and every other that applies is unknown for that one cause", async () => {
    const url = new Secret(`redis://:canary@127.0.0.1:${await freePort()}`);
    for (const check of redis.definition.checks) {
      const outcome = await outcomeOf(check, url, { use: "queue", keys: { "session:": "1h" } });
      if (check.id === "redis.connection.ok-tls-auth") {
        expect(outcome).toMatchObject({
          status: "fail",
          found: expect.stringContaining("refused the connection"),
        });
      } else {
        expect(outcome, check.id).toMatchObject({ status: "unknown", cause: "redis.connection" });
      }
      expect(JSON.stringify(outcome)).not.toContain("canary");
    }
  });
});

describe("redis.connection.ok-tls-auth", () => {
  it("passes where a password is asked for", async () => {
    expect(await outcomeOf(connectionOkTlsAuth, server.url)).toMatchObject({
      status: "pass",
      measured: { version: expect.stringMatching(/^\d/) },
    });
  });

  it("fails on a wrong password, no variable and another protocol, each in its words", async () => {
    const wrong = new Secret(server.url.reveal().replace(/:[0-9a-f]+@/, ":canary@"));
    const outcome = await outcomeOf(connectionOkTlsAuth, wrong);
    expect(outcome).toMatchObject({ status: "fail", fix: "Correct user and password in REDIS_URL" });
    expect(JSON.stringify(outcome)).not.toContain("canary");
    expect(await outcomeOf(connectionOkTlsAuth, undefined)).toMatchObject({
      summary: "REDIS_URL is not set",
    });
    expect(await outcomeOf(connectionOkTlsAuth, new Secret("http://127.0.0.1"))).toMatchObject({
      found: expect.stringContaining("not an address"),
    });
  });

  it("fails when anybody is answered", async () => {
    await using open = await startRedis({ password: false });
    expect(await outcomeOf(connectionOkTlsAuth, open.url)).toMatchObject({
      status: "fail",
      summary: "Redis answers without a password",
    });
  });

  it("fails in the clear to another machine, and passes there with TLS", () => {
    const address = addressOf(new Secret("redis://app:x@redis.example:6380"));
    const found: Reached = { reached: true, variable: "REDIS_URL", address, tookMs: 1, info: new Map() };
    const judge = (connection: Reached) =>
      connectionOkTlsAuth.run({ connection, knock: "refused" }, {
        environment: { name: "production" },
      } as never);
    expect(judge(found)).toMatchObject({ status: "fail", found: "redis:// to redis.example" });
    expect(judge({ ...found, address: { ...address, isTls: true } })).toMatchObject({ status: "pass" });
  });
});

describe("redis.memory.policy", () => {
  it.each([
    ["queue", "noeviction", "100mb", "pass", /noeviction at 100\.0 MB/],
    ["cache", "allkeys-lfu", "100mb", "pass", /allkeys-lfu/],
    ["queue", "allkeys-lru", "100mb", "fail", /throws away data/],
    ["both", "volatile-lru", "100mb", "fail", /Redis of its own/],
    ["cache", "noeviction", "100mb", "fail", /refuses every write/],
    ["cache", "volatile-ttl", "100mb", "fail", /never given up/],
    ["queue", "noeviction", "0", "fail", /no memory limit/],
  ])("%s with %s and %s: %s", async (use, policy, limit, status, told) => {
    await command("CONFIG", "SET", "maxmemory-policy", policy);
    await command("CONFIG", "SET", "maxmemory", limit);
    const outcome = await outcomeOf(memoryPolicy, server.url, { use });
    expect(outcome.status).toBe(status);
    expect(JSON.stringify(outcome)).toMatch(told);
  });

  it("is unknown where INFO does not tell", () => {
    const session = { info: new Map() } as unknown as Reached;
    expect(memoryPolicy.run({ session }, { options: redisOptions.parse({}) } as never)).toMatchObject({
      status: "unknown",
    });
  });
});

describe("redis.persistence.matches-use", () => {
  const judge = (options: Record<string, unknown>) => outcomeOf(persistenceMatchesUse, server.url, options);

  it("is not applicable to a cache", async () => {
    expect(await judge({ use: "cache" })).toMatchObject({ status: "not applicable" });
  });

  it("fails without any, passes with either, and holds to what is declared", async () => {
    expect(await judge({ use: "queue" })).toMatchObject({
      status: "fail",
      summary: "nothing is written to disk",
    });
    await command("CONFIG", "SET", "save", "3600 1");
    expect(await judge({ use: "queue" })).toMatchObject({ status: "pass", summary: "snapshots" });
    expect(await judge({ persistence: "aof+rdb" })).toMatchObject({ status: "fail", findings: ["aof"] });
    await command("CONFIG", "SET", "appendonly", "yes");
    expect(await judge({ persistence: "aof+rdb" })).toMatchObject({ status: "pass" });
    expect(await judge({ persistence: "none" })).toMatchObject({
      status: "warn",
      found: "AOF and snapshots",
    });
    await command("CONFIG", "SET", "appendonly", "no");
    await command("CONFIG", "SET", "save", "");
    expect(await judge({ persistence: "none" })).toMatchObject({ status: "pass" });
  });

  it("fails when the last write failed, and is unknown when nothing tells", () => {
    const run = (info: Record<string, string>, save: string | undefined) =>
      persistenceMatchesUse.run(
        { session: { info: new Map(Object.entries(info)) } as unknown as Reached, savePoints: save },
        { options: redisOptions.parse({ use: "queue" }) } as never,
      );
    expect(run({ aof_enabled: "1", aof_last_write_status: "err" }, "")).toMatchObject({
      status: "fail",
      found: "writing the append-only file",
    });
    expect(run({ aof_enabled: "0" }, undefined)).toMatchObject({ status: "unknown" });
    expect(run({ aof_enabled: "1" }, undefined)).toMatchObject({ status: "pass" });
    expect(run({ aof_enabled: "0", rdb_saves: "3" }, undefined)).toMatchObject({ status: "pass" });
  });
});

describe("redis.danger-commands", () => {
  it("fails for a user who may, without running anything, and its fix mends it", async () => {
    await command("SET", "kept", "1");
    const outcome = await outcomeOf(dangerCommands, server.url);
    expect(outcome).toMatchObject({ status: "fail", found: expect.stringContaining("FLUSHALL") });
    await command("GET", "kept").then(() => undefined);
    expect(await outcomeOf(keyTtl, server.url, { keys: { kept: "none" } })).toMatchObject({ status: "pass" });
    await command("ACL", "SETUSER", "app", "on", ">word", "~*", "&*", "+@all");
    const url = new Secret(server.url.reveal().replace(/\/\/:[0-9a-f]+@/, "//app:word@"));
    const fix = (await outcomeOf(dangerCommands, url)) as { fix: string };
    await command(...(fix.fix.split(", and")[0] ?? "").split(" "));
    expect(await outcomeOf(dangerCommands, url)).toMatchObject({ status: "pass" });
  });
});

describe("redis.key.ttl", () => {
  const keys = { "session:": "1h", "job*[": "none" };

  it("is not applicable undeclared or while there is no key", async () => {
    expect(await outcomeOf(keyTtl, server.url)).toMatchObject({ status: "not applicable" });
    expect(await outcomeOf(keyTtl, server.url, { keys })).toMatchObject({ status: "not applicable" });
  });

  it("tells keys without an end from keys that live too long, and never names one", async () => {
    for (let number = 0; number < 300; number++)
      await command("SET", `session:canary-${number}`, "x", "EX", "3600");
    await command("SET", "job*[1", "x");
    await command("SET", "jobs:1", "x");
    expect(await outcomeOf(keyTtl, server.url, { keys })).toMatchObject({
      status: "pass",
      measured: { sampledKeys: 201 },
    });
    expect(await outcomeOf(keyTtl, server.url, { keys: { "session:": "1m" } })).toMatchObject({
      status: "fail",
      found: "session:*: up to 60 min",
    });
    await command("FLUSHALL");
    await command("SET", "session:canary-1", "x");
    const outcome = await outcomeOf(keyTtl, server.url, { keys });
    expect(outcome).toMatchObject({
      status: "fail",
      found: "session:*: 1 of 1 have no end",
      findings: ["session:"],
    });
    expect(JSON.stringify(outcome)).not.toContain("canary");
  });
});

describe("the declaration", () => {
  it.each([
    [{ use: "jobs" }, "use"],
    [{ maxMemory: "0MB" }, "maxMemory"],
    [{ maxMemory: "lots" }, "maxMemory"],
    [{ keys: { "a:": "soon" } }, "keys"],
    [{ persistence: "disk" }, "persistence"],
  ])("refuses %j", (given, path) => {
    expect(redisOptions.safeParse(given).error?.issues[0]?.path[0]).toBe(path);
  });
});
