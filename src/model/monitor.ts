import type { IncidentSeverity } from "./channel.ts";
import type { Duration } from "./duration.ts";

/** A question asked again and again: a check with `every`, a promise, a heartbeat or a business figure. */
export interface Monitor {
  /** "web/http.health.honest", "promise/latency.p95": the same across restarts. */
  readonly id: string;
  readonly component: string;
  readonly check: string | undefined;
  /** What is so while it is up. */
  readonly title: string;
  readonly consequence: string;
  /** Where to begin when it is down, unless a reading knows better. */
  readonly fix?: string;
  /** Of the incident it opens. */
  readonly severity: IncidentSeverity;
  /** Good to know (a check of severity info): it is shown, opens no incident and makes nothing look wrong. */
  readonly shownOnly?: true;
  readonly every: Duration;
  /** Components whose trouble explains this one's: theirs is told, this one's is kept quiet. */
  readonly dependsOn: readonly string[];
  readonly confirm: Confirmation;
}

/** How many readings in a row it takes to believe a change. */
export interface Confirmation {
  readonly failures: number;
  readonly successes: number;
}

/**
 * One answer to a monitor. "unknown": the watcher could not tell (its own network, its own store), which never
 * counts against the watched.
 */
export interface Reading {
  readonly monitor: string;
  /** Milliseconds since 1970 UTC at which the probe began. */
  readonly at: number;
  readonly state: "up" | "down" | "unknown";
  readonly tookMs: number;
  /** Release that answered, as far as it is known. */
  readonly release: string | undefined;
  /** One line for people; holds no secret. */
  readonly detail: string;
  /** What mends it, of a check that fails. */
  readonly fix?: string;
  /** The figure itself, for promises and business figures. */
  readonly value?: number;
}

/** What becomes of readings: the evaluator of alerts is one, the store of measurements another. */
export interface ReadingSink {
  take(readings: readonly Reading[]): void;
}
