import type { AnyChannelKind, IncidentSeverity } from "./channel.ts";

/** Who is told what, when, and by which way. Times in milliseconds. */
export interface AlertPolicy {
  readonly channels: readonly Channel[];
  /** The first that fits takes an alert; with none declared every channel is told of everything. */
  readonly routes: readonly AlertRoute[];
  /** Told in turn while nobody acknowledges, counted from when the incident opened. */
  readonly escalation: readonly EscalationStep[];
  /** A person is expected to acknowledge within this. */
  readonly acknowledgeWithinMs: number;
  readonly grouping: Grouping;
  readonly thresholds: readonly AlertThreshold[];
  readonly maintenance: readonly MaintenanceWindow[];
}

/** People are told while this share of users' requests fails, or this percentile of their times is above. Shares are 0..1. */
export type AlertThreshold = { readonly overMs: number } & (
  | { readonly of: "errors"; readonly above: number }
  | { readonly of: "p50" | "p95" | "p99"; readonly aboveMs: number }
);

export interface Channel {
  readonly name: string;
  readonly kind: AnyChannelKind;
  /** As the kind's schema gave them back. */
  readonly options: unknown;
}

export interface AlertRoute {
  /** Absent: any. */
  readonly severities?: readonly IncidentSeverity[];
  readonly components?: readonly string[];
  /** Names of channels; none: nobody is told, the incident is kept all the same. */
  readonly to: readonly string[];
}

export interface EscalationStep {
  readonly afterMs: number;
  readonly to: readonly string[];
}

/**
 * Alertmanager's timing, with one addition: a group whose remaining monitors are all well or all told does not wait
 * out `gatherMs`, so that a single failure is told after `waitMs`.
 */
export interface Grouping {
  /** "cause": what failed together or depends on each other is one group. */
  readonly by: "cause" | "component" | "environment";
  /** A new group waits at least this for others to join. */
  readonly waitMs: number;
  /** And at most this, while monitors of it have failed that are not confirmed yet (group_wait). */
  readonly gatherMs: number;
  /** Changes of a group that was told are told at these intervals (group_interval). */
  readonly everyMs: number;
  /** What goes on unchanged is told again after this (repeat_interval). */
  readonly repeatMs: number;
}

/** A time in which nobody is told; what is measured goes on. */
export interface MaintenanceWindow {
  readonly name: string;
  /** When it begins, as a cron expression in `timeZone`. */
  readonly cron: string;
  readonly timeZone: string;
  readonly lastsMs: number;
  /** Absent: all. */
  readonly components?: readonly string[];
}
