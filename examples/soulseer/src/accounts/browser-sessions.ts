import { createHmac, randomBytes } from "node:crypto";
import type { Redis } from "ioredis";

const SESSION_SECONDS = 12 * 3_600;
const SIGN_IN_SECONDS = 10 * 60;

export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** Browser sessions by an unguessable id. Redis keeps only a keyed hash: its dump signs nobody in. */
export interface BrowserSessions {
  readonly maxAgeSeconds: number;
  open(personId: string): Promise<string>;
  personOf(id: string): Promise<string | undefined>;
  close(id: string): Promise<void>;
  begin(pending: PendingSignIn): Promise<string>;
  /** Each pending sign-in can be finished once. */
  finish(id: string): Promise<PendingSignIn | undefined>;
}

export function createBrowserSessions(redis: Redis, secret: string): BrowserSessions {
  const key = (kind: string, id: string) =>
    `${kind}:${createHmac("sha256", secret).update(id).digest("base64url")}`;
  const newId = () => randomBytes(32).toString("base64url");
  return {
    maxAgeSeconds: SESSION_SECONDS,
    async open(personId) {
      const id = newId();
      await redis.set(key("session", id), personId, "EX", SESSION_SECONDS);
      return id;
    },
    personOf: async (id) => (await redis.get(key("session", id))) ?? undefined,
    async close(id) {
      await redis.del(key("session", id));
    },
    async begin(pending) {
      const id = newId();
      await redis.set(key("sign-in", id), JSON.stringify(pending), "EX", SIGN_IN_SECONDS);
      return id;
    },
    async finish(id) {
      const text = await redis.getdel(key("sign-in", id));
      return text === null ? undefined : (JSON.parse(text) as PendingSignIn);
    },
  };
}
