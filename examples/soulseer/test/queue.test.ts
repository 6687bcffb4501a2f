import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../src/log.ts";
import { createConsumer } from "../src/queue/consumer.ts";
import { createQueue, DEAD, type Job, READY, runningList, WAITING } from "../src/queue/queue.ts";
import { openBlockingRedis } from "../src/redis.ts";
import { startRedis, type TestRedis } from "./services.ts";

let cache: TestRedis;
beforeAll(async () => {
  cache = await startRedis();
});
afterAll(() => cache[Symbol.asyncDispose]());

const log = createLog("test", "error", () => undefined);

/** A worker that does jobs until this many were handled. */
async function workUntil(count: number, worker: string, handle: (job: Job) => Promise<void>): Promise<void> {
  const blocking = openBlockingRedis(cache.url, () => undefined);
  let handled = 0;
  const consumer = createConsumer({
    worker,
    redis: cache.redis,
    blocking,
    log,
    async handle(job) {
      handled += 1;
      if (handled === count) consumer.stop();
      await handle(job);
    },
  });
  await consumer.keepHouse(Date.now());
  await consumer.run();
  blocking.disconnect();
}

const finalizing = (sessionId: string): Job => ({ kind: "finalize", sessionId });

describe("the queue", () => {
  it("does each job once while all goes well, in order", async () => {
    const queue = createQueue(cache.redis);
    for (const id of ["a", "b", "c"]) await queue.add(finalizing(id));
    const done: Job[] = [];
    await workUntil(3, "one", async (job) => void done.push(job));
    expect(done).toEqual([finalizing("a"), finalizing("b"), finalizing("c")]);
    expect(await cache.redis.llen(runningList("one"))).toBe(0);
  });

  it("tries a failing job again later and gives it up after five", async () => {
    await createQueue(cache.redis).add(finalizing("broken"));
    for (let attempt = 1; attempt <= 5; attempt++) {
      await workUntil(1, "two", () => Promise.reject(new Error("no")));
      const [waiting] = await cache.redis.zrange(WAITING, "0", "-1");
      if (attempt === 5) break;
      expect(JSON.parse(waiting ?? "")).toMatchObject({ attempts: attempt });
      await cache.redis.zadd(WAITING, "0", waiting ?? "");
    }
    expect(await cache.redis.zcard(WAITING)).toBe(0);
    expect(JSON.parse((await cache.redis.lpop(DEAD)) ?? "")).toMatchObject({
      attempts: 5,
      job: finalizing("broken"),
    });
  });

  it("sets nonsense aside and goes on", async () => {
    await cache.redis.lpush(READY, "{not json", JSON.stringify({ id: 1, job: { kind: "unknown" } }));
    await createQueue(cache.redis).add(finalizing("after"));
    const done: Job[] = [];
    await workUntil(1, "three", async (job) => void done.push(job));
    expect(done).toEqual([finalizing("after")]);
    expect(await cache.redis.llen(DEAD)).toBe(2);
  });

  it("takes back what a dead worker had in hand", async () => {
    await createQueue(cache.redis).add(finalizing("orphaned"));
    await cache.redis.sadd("jobs:workers", "dead");
    await cache.redis.lmove(READY, runningList("dead"), "RIGHT", "LEFT");
    const done: Job[] = [];
    await workUntil(1, "four", async (job) => void done.push(job));
    expect(done).toEqual([finalizing("orphaned")]);
  });
});
