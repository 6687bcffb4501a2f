import { utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { createLog, reasonOf } from "./log.ts";
import { createSendMail } from "./mail.ts";
import { createConsumer } from "./queue/consumer.ts";
import type { Job } from "./queue/queue.ts";
import { openBlockingRedis, openRedis } from "./redis.ts";
import { readSettings } from "./settings.ts";

const HEARTBEAT_MS = 5_000;
const REPLY_SECONDS = 60;

/** Sends letters, so that nobody who pays waits for a mail server. */
async function work(): Promise<void> {
  const settings = readSettings();
  const log = createLog("worker", settings.logLevel);
  const onIdleError = (error: Error) => log.warn("idle connection lost", { reason: reasonOf(error) });
  const redis = openRedis(settings.redisUrl, onIdleError);
  const blocking = openBlockingRedis(settings.redisUrl, onIdleError);
  const sendMail = createSendMail(settings.mail, log);

  async function handle(job: Job): Promise<void> {
    if (job.kind === "letter") await sendMail(job.to, job.subject, job.text);
    else await redis.multi().lpush(job.replyTo, "done").expire(job.replyTo, REPLY_SECONDS).exec();
  }
  const consumer = createConsumer({ worker: `${hostname()}:${process.pid}`, redis, blocking, log, handle });

  /** Alive means: Redis answers, and this loop still turns. */
  async function heartbeat(): Promise<void> {
    await consumer.keepHouse(Date.now());
    const { heartbeatFile } = settings;
    if (!heartbeatFile) return;
    const now = new Date();
    await utimes(heartbeatFile, now, now).catch(() => writeFile(heartbeatFile, ""));
  }
  const beat = () =>
    heartbeat().catch((thrown: unknown) => log.error("heartbeat failed", { reason: reasonOf(thrown) }));
  await beat();
  const timer = setInterval(beat, HEARTBEAT_MS);
  const consuming = consumer.run();
  log.info("working", { release: settings.release });

  const stop = async (signal: string) => {
    log.info("stopping", { signal });
    clearInterval(timer);
    consumer.stop();
    await consuming;
    redis.disconnect();
    blocking.disconnect();
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
