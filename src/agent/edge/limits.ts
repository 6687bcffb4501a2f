/** Sizes in bytes, times in milliseconds. */
export interface Limits {
  /** Request line and headers together; past it 431. */
  readonly headerBytes: number;
  /** Request body; past it 413. */
  readonly bodyBytes: number;
  /** Whole header of a request; past it 408. */
  readonly headersMs: number;
  /** Whole request with its body; past it 408. */
  readonly requestMs: number;
  /** Idle connection between two requests. */
  readonly keepAliveMs: number;
  /** From the end of the request to the first byte of the answer; past it 504. */
  readonly answerMs: number;
  /** A body that does not move in either direction. */
  readonly bodyIdleMs: number;
  /** A WebSocket or an event stream without a byte in either direction. */
  readonly streamIdleMs: number;
  /** A request held back until some upstream of its route is ready; past it 503. */
  readonly waitMs: number;
  readonly connections: number;
  /** Idle connections that are kept ready; each beyond it holds 7 kB less and takes a moment longer to wake. */
  readonly readyConnections: number;
}

export const DEFAULT_LIMITS: Limits = {
  headerBytes: 16 * 1_024,
  bodyBytes: 10 * 1_024 * 1_024,
  headersMs: 15_000,
  requestMs: 300_000,
  // Longer than the minute that load balancers and browsers keep theirs, so that they close first.
  keepAliveMs: 75_000,
  answerMs: 120_000,
  bodyIdleMs: 60_000,
  streamIdleMs: 3_600_000,
  waitMs: 5_000,
  connections: 8_000,
  readyConnections: 500,
};
