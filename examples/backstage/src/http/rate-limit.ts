import type { Redis } from "ioredis";
import { type Log, reasonOf } from "../log.ts";
import { Refusal } from "./answer.ts";

/** So many requests of one caller to one route within so many seconds. */
export interface Allowance {
  readonly requests: number;
  readonly seconds: number;
}

export interface RateLimit {
  /** Throws Refusal 429 with Retry-After when the caller has used the allowance up. */
  spend(bucket: string, caller: string, allowance: Allowance): Promise<void>;
}

const COUNT = `
local n = redis.call('incr', KEYS[1])
if n == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
return {n, redis.call('pttl', KEYS[1])}`;

/** Counts in Redis, so every instance sees the same number. A dead Redis lets requests through and says so. */
export function createRateLimit(redis: Redis, log: Log): RateLimit {
  return {
    async spend(bucket, caller, { requests, seconds }) {
      let count: number;
      let leftMs: number;
      try {
        const key = `limit:${bucket}:${caller}`;
        [count, leftMs] = (await redis.eval(COUNT, 1, key, seconds * 1_000)) as [number, number];
      } catch (thrown) {
        log.warn("rate limit not counted", { bucket, reason: reasonOf(thrown) });
        return;
      }
      if (count <= requests) return;
      const retryAfter = Math.max(1, Math.ceil(leftMs / 1_000));
      throw new Refusal(429, "too-many-requests", `try again in ${retryAfter} s`, {
        "retry-after": String(retryAfter),
      });
    },
  };
}

/** The edge appends the address it saw: only the last one was written by somebody we trust. */
export function callerOf(
  forwardedFor: string | string[] | undefined,
  socketAddress: string | undefined,
): string {
  const line = Array.isArray(forwardedFor) ? forwardedFor.join(",") : (forwardedFor ?? "");
  const last = line.split(",").at(-1)?.trim();
  return last || (socketAddress ?? "unknown");
}
