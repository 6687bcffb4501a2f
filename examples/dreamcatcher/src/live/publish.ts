import type { Redis } from "ioredis";

/** What a person's open pages are told; they then ask for the thing itself. */
export interface LiveMessage {
  readonly kind: "dream";
  readonly dreamId: string;
  readonly revision: number;
}

export type Publish = (personId: string, message: LiveMessage) => Promise<void>;

export const LIVE_CHANNEL = "live:";

/** Best effort: what is told here can always be asked for again. */
export function createPublish(redis: Redis): Publish {
  return async (personId, message) => {
    await redis.publish(LIVE_CHANNEL + personId, JSON.stringify(message)).catch(() => 0);
  };
}
