import type { Redis } from "ioredis";
import { type Log, reasonOf } from "../log.ts";
import { DEAD, type Job, type QueuedJob, READY, runningList, WAITING, WORKERS } from "./queue.ts";

const MAX_ATTEMPTS = 5;
const ALIVE_SECONDS = 60;

/** Lists of workers that died with a job in hand are given back. Each live worker says so every few seconds. */
const GIVE_BACK = `
local moved = 0
for _, worker in ipairs(redis.call('smembers', KEYS[1])) do
  if redis.call('exists', 'jobs:alive:' .. worker) == 0 then
    while redis.call('lmove', 'jobs:running:' .. worker, KEYS[2], 'RIGHT', 'RIGHT') do moved = moved + 1 end
    redis.call('srem', KEYS[1], worker)
  end
end
return moved`;

const RELEASE_DUE = `
local due = redis.call('zrangebyscore', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 100)
for _, job in ipairs(due) do
  if redis.call('zrem', KEYS[1], job) == 1 then redis.call('lpush', KEYS[2], job) end
end
return #due`;

export interface Consumer {
  /** Takes jobs until stopped; the job in hand is finished first. */
  run(): Promise<void>;
  /** Says that this worker lives, gives back the jobs of dead ones, releases retries that are due. */
  keepHouse(nowMs: number): Promise<void>;
  stop(): void;
}

/**
 * At least once: a job moves from the ready list into this worker's own and leaves it only when it is done,
 * waiting for another try, or dead after five.
 */
export function createConsumer(world: {
  worker: string;
  redis: Redis;
  blocking: Redis;
  log: Log;
  handle(job: Job): Promise<void>;
}): Consumer {
  const { worker, redis, blocking, log, handle } = world;
  const mine = runningList(worker);
  let stopping = false;

  async function work(text: string): Promise<void> {
    const queued = parse(text);
    if (!queued) {
      log.error("unreadable job set aside", { length: text.length });
      await redis.multi().lrem(mine, 1, text).lpush(DEAD, text).exec();
      return;
    }
    try {
      await handle(queued.job);
      await redis.lrem(mine, 1, text);
    } catch (thrown) {
      const attempts = queued.attempts + 1;
      log.error("job failed", { job: queued.id, kind: queued.job.kind, attempts, reason: reasonOf(thrown) });
      const again = JSON.stringify({ ...queued, attempts });
      const done = redis.multi().lrem(mine, 1, text);
      if (attempts >= MAX_ATTEMPTS) done.lpush(DEAD, again);
      else done.zadd(WAITING, Date.now() + 1_000 * 2 ** attempts, again);
      await done.exec();
    }
  }

  return {
    async run() {
      while (!stopping) {
        try {
          const text = await blocking.blmove(READY, mine, "RIGHT", "LEFT", 1);
          if (text !== null) await work(text);
        } catch (thrown) {
          if (stopping) return;
          log.warn("queue not reached", { reason: reasonOf(thrown) });
          await new Promise((resolve) => setTimeout(resolve, 1_000));
        }
      }
    },
    async keepHouse(nowMs) {
      await redis.set(`jobs:alive:${worker}`, "1", "EX", ALIVE_SECONDS);
      await redis.sadd(WORKERS, worker);
      await redis.eval(GIVE_BACK, 2, WORKERS, READY);
      await redis.eval(RELEASE_DUE, 2, WAITING, READY, nowMs);
    },
    stop() {
      stopping = true;
    },
  };
}

function parse(text: string): QueuedJob | undefined {
  try {
    const queued = JSON.parse(text) as Partial<QueuedJob>;
    const { kind } = queued.job ?? {};
    if (typeof queued.id !== "string" || (kind !== "letter" && kind !== "echo")) return undefined;
    const { id, attempts, addedAt, job } = queued;
    return { id, attempts: Number(attempts) || 0, addedAt: Number(addedAt) || 0, job: job as Job };
  } catch {
    return undefined;
  }
}
