/** A named person's statement for an item no machine can answer. Times are milliseconds since 1970 UTC. */
export interface SignOff {
  readonly environment: string;
  readonly item: string;
  readonly by: string;
  readonly at: number;
  readonly until: number;
  readonly evidence: string;
}

/** A named person accepts one finding until a date; the check still runs. */
export interface Waiver {
  readonly environment: string;
  /** As `findingFingerprint` gives it. */
  readonly finding: string;
  readonly by: string;
  readonly at: number;
  readonly until: number;
  readonly reason: string;
}
