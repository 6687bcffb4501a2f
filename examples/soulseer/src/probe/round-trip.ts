import { randomUUID } from "node:crypto";
import { reasonOf } from "../log.ts";
import { createQueue } from "../queue/queue.ts";
import { openBlockingRedis } from "../redis.ts";
import { readSettings } from "../settings.ts";

const PATIENCE_SECONDS = 15;

/** Sends a job that does nothing through the queue and waits until a worker has done it. Prints milliseconds. */
async function roundTrip(): Promise<void> {
  const redis = openBlockingRedis(readSettings().redisUrl, () => undefined);
  try {
    const replyTo = `jobs:reply:${randomUUID()}`;
    const started = performance.now();
    await createQueue(redis).add({ kind: "echo", replyTo });
    const reply = await redis.blpop(replyTo, PATIENCE_SECONDS);
    if (!reply) throw new Error(`no worker did the job within ${PATIENCE_SECONDS} s`);
    process.stdout.write(`${JSON.stringify({ roundTripMs: Math.round(performance.now() - started) })}\n`);
  } finally {
    redis.disconnect();
  }
}

try {
  await roundTrip();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exitCode = 1;
}
