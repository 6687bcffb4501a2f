/** What the team promises its users; gates, bake and alerts all read these same objects. Fractions are 0..1. */
export interface Promises {
  readonly availability: number | undefined;
  readonly latency: { readonly p50Ms?: number; readonly p95Ms?: number; readonly p99Ms?: number };
  /** Greatest fraction of failed requests. */
  readonly errors: number | undefined;
  readonly rollbackMs: number | undefined;
}
