/** So many in a second, and a few more at once. */
export interface Limiter {
  /** False: too many of this key. */
  allow(key: string, nowMs: number): boolean;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** A bucket for each key (RFC 2698's idea with one rate). Forgets keys that were quiet, the oldest first when there are too many. */
export function createLimiter(options: {
  readonly perSecond: number;
  readonly burst: number;
  readonly keys: number;
}): Limiter {
  const { perSecond, burst, keys } = options;
  const buckets = new Map<string, Bucket>();
  return {
    allow(key, nowMs) {
      const bucket = buckets.get(key) ?? { tokens: burst, at: nowMs };
      bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.at) / 1_000) * perSecond);
      bucket.at = nowMs;
      if (!buckets.has(key) && buckets.size >= keys) {
        const oldest = buckets.keys().next().value;
        if (oldest !== undefined) buckets.delete(oldest);
      }
      buckets.delete(key);
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
