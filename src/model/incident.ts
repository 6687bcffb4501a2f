import type { AlertGroup, MonitorTrack, OutgoingMessage, Transition } from "./alert.ts";
import type { IncidentSeverity } from "./channel.ts";

export type IncidentState = "open" | "mitigated" | "resolved";

/** A promise broken: opened by alerts, acknowledged, mitigated, resolved, reviewed. Times in milliseconds since 1970 UTC. */
export interface Incident {
  /** "i12": counted per environment. */
  readonly id: string;
  readonly environment: string;
  readonly state: IncidentState;
  readonly severity: IncidentSeverity;
  /** "db: postgres.connection.ok fails" */
  readonly title: string;
  /** The component it is put down to. */
  readonly component: string;
  /** Every component that has failed in it. */
  readonly affected: readonly string[];
  readonly openedAt: number;
  readonly firstFailureAt: number;
  /** Release that was live at the first failure. */
  readonly release: string | undefined;
  /** The release that went live shortly before it, if one did. */
  readonly suspect: Suspect | undefined;
  /** First message that a channel took. */
  readonly toldAt: number | undefined;
  readonly acknowledgedAt: number | undefined;
  readonly acknowledgedBy: string | undefined;
  /** Steps of the escalation that were taken. */
  readonly escalated: number;
  readonly mitigatedAt: number | undefined;
  readonly resolvedAt: number | undefined;
  /** When its review is expected; undefined for one that needs none. */
  readonly reviewDueAt: number | undefined;
  readonly reviewedAt: number | undefined;
  readonly reviewedBy: string | undefined;
}

/** A grave one is to be reviewed this long after it was put right. */
export const REVIEW_WITHIN_MS = 48 * 3_600_000;

/** What nobody has done yet about an incident that has just been opened. */
export const UNTOUCHED = {
  state: "open",
  toldAt: undefined,
  acknowledgedAt: undefined,
  acknowledgedBy: undefined,
  escalated: 0,
  mitigatedAt: undefined,
  resolvedAt: undefined,
  reviewDueAt: undefined,
  reviewedAt: undefined,
  reviewedBy: undefined,
} as const satisfies Partial<Incident>;

export interface Suspect {
  readonly release: string;
  readonly commit: string;
  readonly liveSince: number;
}

export const INCIDENT_EVENTS = [
  "opened",
  "joined",
  "recovered",
  "told",
  "acknowledged",
  "escalated",
  "note",
  "asked",
  "rolled back",
  "mitigated",
  "resolved",
  "reopened",
  "reviewed",
] as const;
export type IncidentEventKind = (typeof INCIDENT_EVENTS)[number];

/** One line of an incident's timeline; never changed. */
export interface IncidentEvent {
  readonly incident: string;
  readonly at: number;
  readonly kind: IncidentEventKind;
  /** Who did it; undefined: Gonogo. */
  readonly by: string | undefined;
  readonly text: string;
}

/** Everything one step of the evaluator changed; kept whole or not at all. */
export interface AlertChange {
  readonly environment: string;
  readonly at: number;
  readonly tracks: readonly MonitorTrack[];
  readonly transitions: readonly Transition[];
  readonly groups: readonly AlertGroup[];
  /** Groups that are over. */
  readonly closed: readonly string[];
  readonly incidents: readonly Incident[];
  readonly events: readonly IncidentEvent[];
  readonly messages: readonly OutgoingMessage[];
}
