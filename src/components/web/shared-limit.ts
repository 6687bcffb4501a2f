/** What a limit did to one burst. */
export interface Held {
  /** Requests that were let through; undefined: it held nothing back. */
  readonly before429: number | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

/** Whole seconds, rounded, and told one after the other. */
const SLACK_S = 2;

/**
 * Whether what held back a burst may be the limit that the burst before it had used up. A limit of its own lets `own`
 * requests through, or holds for longer; one that counts both ends for both at once, or lets in one now and then.
 */
export function mayBeLimitOf(before: Held | undefined, held: Held, own: number): boolean {
  if (before?.before429 === undefined || held.before429 === undefined || held.before429 >= own) return false;
  return held.retryAfter === undefined || held.retryAfter <= (before.retryAfter ?? 0) + SLACK_S;
}
