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

/** The waiver that holds for a finding now, if there is one. `at` is milliseconds since 1970 UTC. */
export function waiverFor(
  finding: string,
  waivers: readonly Waiver[],
  now: { readonly environment: string; readonly at: number },
): Waiver | undefined {
  return waivers.find(
    (each) =>
      each.finding === finding &&
      each.environment === now.environment &&
      each.at <= now.at &&
      now.at < each.until,
  );
}
