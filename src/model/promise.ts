/** What the team promises its users; gates, bake and alerts all read these same objects. Fractions are 0..1. */
export interface Promises {
  /** The greatest of those in `over`, where there are any. */
  readonly availability: number | undefined;
  readonly latency: { readonly p50Ms?: number; readonly p95Ms?: number; readonly p99Ms?: number };
  /** Greatest fraction of failed requests; the least of those in `over`, where there are any. */
  readonly errors: number | undefined;
  readonly rollbackMs: number | undefined;
  /** Promises as they were made, each over its own time; absent: over 30 days. */
  readonly over?: readonly PromiseOver[];
}

/** "99.9 % in a week": `share` as in Promises. */
export interface PromiseOver {
  readonly of: "availability" | "errors";
  readonly share: number;
  readonly windowMs: number;
}
