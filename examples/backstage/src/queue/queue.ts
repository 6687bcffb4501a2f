import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";

export type Job =
  | { readonly kind: "letter"; readonly to: string; readonly subject: string; readonly text: string }
  /** Does nothing but answer: proves that the way through the queue is open. */
  | { readonly kind: "echo"; readonly replyTo: string };

export interface QueuedJob {
  readonly id: string;
  readonly attempts: number;
  /** Milliseconds since 1970 UTC. */
  readonly addedAt: number;
  readonly job: Job;
}

export interface Queue {
  add(job: Job): Promise<void>;
}

export const READY = "jobs:ready";
export const DEAD = "jobs:dead";
/** Jobs that failed and wait, by the time (ms) they are due. */
export const WAITING = "jobs:waiting";
export const WORKERS = "jobs:workers";
export const runningList = (worker: string) => `jobs:running:${worker}`;

export function createQueue(redis: Redis): Queue {
  return {
    async add(job) {
      const queued: QueuedJob = { id: randomUUID(), attempts: 0, addedAt: Date.now(), job };
      await redis.lpush(READY, JSON.stringify(queued));
    },
  };
}
