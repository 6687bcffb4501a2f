import type { Redis } from "ioredis";

/** What a person's open pages are told; they then ask for the thing itself. */
export type LiveMessage =
  | { readonly kind: "readers" }
  | { readonly kind: "wallet" }
  | { readonly kind: "session"; readonly sessionId: string; readonly state: string };

export type Publish = (personId: string, message: LiveMessage) => Promise<void>;

export const LIVE_CHANNEL = "live:";
/** In place of a person: every open page. */
export const EVERYBODY = "*";

/** Best effort: what is told here can always be asked for again. */
export function createPublish(redis: Redis): Publish {
  return async (personId, message) => {
    await redis.publish(LIVE_CHANNEL + personId, JSON.stringify(message)).catch(() => 0);
  };
}
