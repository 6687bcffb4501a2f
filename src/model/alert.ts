import type { IncidentSeverity, Notice } from "./channel.ts";

/** A monitor that was found down, from its confirmation until the group it belongs to has told that it is up. */
export interface Alert {
  readonly monitor: string;
  readonly component: string;
  readonly check: string | undefined;
  readonly title: string;
  readonly consequence: string;
  readonly severity: IncidentSeverity;
  readonly firstFailureAt: number;
  readonly confirmedAt: number;
  /** Set once it is up again. */
  readonly resolvedAt: number | undefined;
  /** What was seen when it was found down. */
  readonly detail: string;
  /** What mends it, in the user's own names, as far as the check or its monitor knows. */
  readonly fix?: string | undefined;
  /** Release that answered the first failing probe. */
  readonly release: string | undefined;
  /** Changes between up and down within the last hour: more than a few is flapping. */
  readonly changes: number;
}

/** A believed change of one monitor. */
export interface Transition {
  readonly monitor: string;
  readonly component: string;
  readonly at: number;
  readonly to: "up" | "down";
  /** When the probe that began it ran. */
  readonly since: number;
  readonly detail: string;
  readonly release: string | undefined;
}

/** What is remembered of a monitor so that a restart goes on where the last one ended. */
export interface MonitorTrack {
  readonly monitor: string;
  readonly state: "up" | "down";
  /** Readings in a row that speak against `state`. */
  readonly against: number;
  /** The first of them. */
  readonly againstSince: number | undefined;
  readonly againstRelease: string | undefined;
  /** When the newest reading was here. */
  readonly lastAt: number;
  readonly lastDetail: string;
  /** When it changed, newest last, within the last hour. */
  readonly changedAt: readonly number[];
}

/** What a channel was last told of a group: Alertmanager's notification log. */
export interface ToldEntry {
  readonly firing: readonly string[];
  readonly resolved: readonly string[];
  readonly at: number;
}

/** What happened together and is told together. */
export interface AlertGroup {
  /** Of the incident it is: "i12". */
  readonly incident: string;
  /** Unset for groups by cause. */
  readonly key: string | undefined;
  readonly createdAt: number;
  readonly flushedAt: number | undefined;
  readonly nextFlushAt: number;
  readonly alerts: readonly Alert[];
  /** By the name of the channel. */
  readonly told: Readonly<Record<string, ToldEntry>>;
}

/** A message on its way: written with the change it tells, sent until its receiver takes it. */
export interface OutgoingMessage {
  readonly channel: string;
  readonly incident: string | undefined;
  readonly notice: Notice;
}

export interface OutboxRow extends OutgoingMessage {
  readonly number: number;
  readonly environment: string;
  readonly state: "waiting" | "sent" | "dead";
  readonly attempts: number;
  readonly createdAt: number;
  readonly nextAt: number;
  readonly sentAt: number | undefined;
  /** The receiver's own word for it. */
  readonly receipt: string | undefined;
  readonly error: string | undefined;
}

/** Nobody is told of what it fits while it lasts; what is measured goes on. */
export interface Silence {
  /** "s3": counted per environment. */
  readonly id: string;
  readonly environment: string;
  readonly by: string;
  readonly reason: string;
  readonly from: number;
  readonly until: number;
  /** Ended before its time. */
  readonly endedAt: number | undefined;
  /** Monitors, components or prefixes ending in "." or "/"; none: everything. */
  readonly fits: readonly string[];
}
