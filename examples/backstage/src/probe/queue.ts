import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { reasonOf } from "../log.ts";
import { createQueue, DEAD, type QueuedJob, READY } from "../queue/queue.ts";
import { openBlockingRedis } from "../redis.ts";
import { readSettings } from "../settings.ts";

const PATIENCE_SECONDS = 20;

/** What checks ask of the queue, by the command's only argument; each prints one JSON object. */
const QUESTIONS: Readonly<Record<string, (redis: Redis) => Promise<object>>> = {
  "round-trip": roundTrip,
  backlog: async (redis) => {
    const [oldest] = await redis.lrange(READY, -1, -1);
    const addedAt = oldest === undefined ? undefined : (JSON.parse(oldest) as Partial<QueuedJob>).addedAt;
    return { depth: await redis.llen(READY), oldestMs: addedAt === undefined ? 0 : Date.now() - addedAt };
  },
  "dead-letter": async (redis) => ({ count: await redis.llen(DEAD) }),
};

/** A job that does nothing, from here through a worker and back. */
async function roundTrip(redis: Redis): Promise<object> {
  const started = performance.now();
  const replyTo = `jobs:reply:${randomUUID()}`;
  await createQueue(redis).add({ kind: "echo", replyTo });
  if (!(await redis.blpop(replyTo, PATIENCE_SECONDS)))
    throw new Error(`no worker did the job within ${PATIENCE_SECONDS} s`);
  return { ms: Math.round(performance.now() - started) };
}

try {
  const question = QUESTIONS[process.argv[2] ?? ""];
  if (!question) throw new Error(`ask one of ${Object.keys(QUESTIONS).join(", ")}`);
  const redis = openBlockingRedis(readSettings().redisUrl, () => undefined);
  try {
    process.stdout.write(`${JSON.stringify(await question(redis))}\n`);
  } finally {
    redis.disconnect();
  }
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
