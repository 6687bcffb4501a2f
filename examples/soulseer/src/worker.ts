import { utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { openDatabase } from "./database.ts";
import { createPublish } from "./live/publish.ts";
import { createLog, reasonOf } from "./log.ts";
import { createConsumer } from "./queue/consumer.ts";
import { createQueue, type Job } from "./queue/queue.ts";
import { openBlockingRedis, openRedis } from "./redis.ts";
import { billDueSessions, finalize, sweep } from "./sessions/billing.ts";
import { TICK_SECONDS } from "./sessions/state.ts";
import { readSettings } from "./settings.ts";

const TICK_MS = TICK_SECONDS * 1_000;
const SWEEP_MS = 30_000;
const HEARTBEAT_MS = 5_000;
const REPLY_SECONDS = 60;

async function work(): Promise<void> {
  const settings = readSettings();
  const log = createLog("worker", settings.logLevel);
  const onIdleError = (error: Error) => log.warn("idle connection lost", { reason: reasonOf(error) });
  const database = openDatabase({ url: settings.databaseUrl, poolMax: 3, name: "worker", onIdleError });
  const redis = openRedis(settings.redisUrl, onIdleError);
  const blocking = openBlockingRedis(settings.redisUrl, onIdleError);
  const world = { database, queue: createQueue(redis), publish: createPublish(redis), log };

  async function handle(job: Job): Promise<void> {
    if (job.kind === "finalize") await finalize(world, job.sessionId);
    const { replyTo } = job;
    if (replyTo) await redis.multi().lpush(replyTo, "done").expire(replyTo, REPLY_SECONDS).exec();
  }

  const consumer = createConsumer({ worker: `${hostname()}:${process.pid}`, redis, blocking, log, handle });

  /** Alive means: the database answers, Redis answers, and this loop still turns. */
  async function heartbeat(): Promise<void> {
    await database.ping();
    await consumer.keepHouse(Date.now());
    const { heartbeatFile } = settings;
    if (!heartbeatFile) return;
    const now = new Date();
    await utimes(heartbeatFile, now, now).catch(() => writeFile(heartbeatFile, ""));
  }

  const stops = [
    repeat("heartbeat", HEARTBEAT_MS, heartbeat),
    repeat("billing tick", TICK_MS, () => billDueSessions(world)),
    repeat("sweep", SWEEP_MS, () => sweep(world)),
  ];
  const consuming = consumer.run();
  log.info("working", { release: settings.release });

  /** Runs now and then every so often; a run that fails is told and tried again next time, never twice at once. */
  function repeat(name: string, everyMs: number, run: () => Promise<unknown>): () => Promise<void> {
    let running: Promise<void> = Promise.resolve();
    let busy = false;
    const once = () => {
      if (busy) return;
      busy = true;
      running = run()
        .then(() => undefined)
        .catch((thrown: unknown) => log.error(`${name} failed`, { reason: reasonOf(thrown) }))
        .finally(() => {
          busy = false;
        });
    };
    once();
    const timer = setInterval(once, everyMs);
    return () => {
      clearInterval(timer);
      return running;
    };
  }

  const stop = async (signal: string) => {
    log.info("stopping", { signal });
    consumer.stop();
    await Promise.all([consuming, ...stops.map((each) => each())]);
    redis.disconnect();
    blocking.disconnect();
    await database.close();
    log.info("stopped");
  };
  process.once("SIGTERM", (signal) => void stop(signal));
  process.once("SIGINT", (signal) => void stop(signal));
}

try {
  await work();
} catch (thrown) {
  process.stderr.write(`${reasonOf(thrown)}\n`);
  process.exit(1);
}
