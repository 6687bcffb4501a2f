import { afterAll, beforeAll, expect, test } from "vitest";
import { slow } from "../../test/fixtures/http-servers.ts";
import { startRedis, type TestRedis } from "../../test/fixtures/redis.ts";
import { Secret } from "../model/secret.ts";
import { openRedis } from "./redis.ts";

const redis = openRedis();
let server: TestRedis;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

test("commands and their answers", async () => {
  await using session = await redis.open(server.url);
  expect(await session.command("set", "a", 1)).toBe("OK");
  expect(await session.command("get", "a")).toBe("1");
  expect(await session.command("config", "get", "maxmemory")).toEqual(["maxmemory", "0"]);
  await expect(session.command("incr")).rejects.toThrow("wrong number of arguments");
});

test("a wrong password and none at all are named, the password is not", async () => {
  const wrong = new Secret(`redis://:canary-99@127.0.0.1:${server.port}`);
  await expect(redis.open(wrong)).rejects.toThrow("WRONGPASS");
  await expect(redis.open(wrong)).rejects.not.toThrow("canary");
  const none = async (): Promise<void> => {
    await using session = await redis.open(new Secret(`redis://127.0.0.1:${server.port}`));
    await session.command("ping");
  };
  await expect(none()).rejects.toThrow("NOAUTH");
});

test("nobody listens: told at once, once, as retryable", async () => {
  await expect(redis.open(new Secret("redis://127.0.0.1:1"))).rejects.toMatchObject({
    host: "127.0.0.1:1",
    retryable: true,
    message: "127.0.0.1:1 refused the connection",
  });
});

test("a server that never answers runs out of time", async () => {
  await using silent = await slow(60_000);
  const address = new Secret(`redis://:word@127.0.0.1:${silent.port}`);
  await expect(redis.open(address, { timeoutMs: 100 })).rejects.toThrow();
});

test("a lost connection fails the next command and is not made again", async () => {
  await using session = await redis.open(server.url);
  await using other = await redis.open(server.url);
  await other.command("client", "kill", "type", "normal", "skipme", "yes");
  await expect(session.command("ping")).rejects.toMatchObject({ name: "OutsideError" });
  for (let asked = 0; asked < 200; asked++) {
    const clients = String(await other.command("client", "list"))
      .trim()
      .split("\n");
    expect(clients).toHaveLength(1);
  }
  await expect(session.command("ping")).rejects.toMatchObject({ name: "OutsideError" });
});

test("an address of something else is refused without printing it", async () => {
  await expect(redis.open(new Secret("http://canary"))).rejects.toThrow("redis://");
});
