import type { IncidentSeverity } from "../model/channel.ts";
import type { IncidentEventKind } from "../model/incident.ts";

/** Rows of what is told and of incidents; see `Tables` for the conventions. */
export interface AlertTables {
  alert_track: { environment: string; monitor: string; track_json: string };
  transition: {
    environment: string;
    number: number;
    monitor: string;
    component: string;
    at: number;
    to_state: "up" | "down";
    since: number;
    detail: string;
    release: string | null;
  };
  alert_group: { environment: string; incident: number; group_json: string };
  incident_counter: { environment: string; last: number };
  incident: IncidentRow;
  incident_event: {
    environment: string;
    incident: number;
    position: number;
    at: number;
    kind: IncidentEventKind;
    done_by: string | null;
    text: string;
  };
  outbox: OutboxTableRow;
  silence: {
    environment: string;
    number: number;
    made_by: string;
    reason: string;
    starts_at: number;
    until: number;
    ended_at: number | null;
    fits_json: string;
  };
}

export interface IncidentRow {
  environment: string;
  number: number;
  severity: IncidentSeverity;
  title: string;
  component: string;
  affected_json: string;
  opened_at: number;
  first_failure_at: number;
  release: string | null;
  suspect_json: string | null;
  told_at: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  escalated: number;
  mitigated_at: number | null;
  resolved_at: number | null;
  review_due_at: number | null;
  reviewed_at: number | null;
  reviewed_by: string | null;
}

export interface OutboxTableRow {
  environment: string;
  number: number;
  /** The notice's key and the channel: one message is written once. */
  message_key: string;
  channel: string;
  incident: number | null;
  notice_json: string;
  state: "waiting" | "sent" | "dead";
  attempts: number;
  created_at: number;
  next_at: number;
  sent_at: number | null;
  receipt: string | null;
  error: string | null;
  claimed_by: string | null;
  claimed_until: number;
}

/** Only what SQLite and Postgres both read. */
export const ALERT_TABLES: readonly string[] = [
  `create table alert_track (
    environment text not null,
    monitor text not null,
    track_json text not null,
    primary key (environment, monitor)
  )`,
  `create table transition (
    environment text not null,
    number bigint not null,
    monitor text not null,
    component text not null,
    at bigint not null,
    to_state text not null,
    since bigint not null,
    detail text not null,
    release text,
    primary key (environment, number)
  )`,
  `create index transition_by_monitor on transition (environment, monitor, at)`,
  `create table alert_group (
    environment text not null,
    incident integer not null,
    group_json text not null,
    primary key (environment, incident)
  )`,
  `create table incident_counter (environment text primary key, last integer not null)`,
  `create table incident (
    environment text not null,
    number integer not null,
    severity text not null,
    title text not null,
    component text not null,
    affected_json text not null,
    opened_at bigint not null,
    first_failure_at bigint not null,
    release text,
    suspect_json text,
    told_at bigint,
    acknowledged_at bigint,
    acknowledged_by text,
    escalated integer not null,
    mitigated_at bigint,
    resolved_at bigint,
    review_due_at bigint,
    reviewed_at bigint,
    reviewed_by text,
    primary key (environment, number)
  )`,
  `create table incident_event (
    environment text not null,
    incident integer not null,
    position integer not null,
    at bigint not null,
    kind text not null,
    done_by text,
    text text not null,
    primary key (environment, incident, position)
  )`,
  `create table outbox (
    environment text not null,
    number bigint not null,
    message_key text not null,
    channel text not null,
    incident integer,
    notice_json text not null,
    state text not null,
    attempts integer not null,
    created_at bigint not null,
    next_at bigint not null,
    sent_at bigint,
    receipt text,
    error text,
    claimed_by text,
    claimed_until bigint not null,
    primary key (environment, number)
  )`,
  `create unique index outbox_by_key on outbox (environment, channel, message_key)`,
  `create index outbox_waiting on outbox (environment, next_at) where state = 'waiting'`,
  `create table silence (
    environment text not null,
    number integer not null,
    made_by text not null,
    reason text not null,
    starts_at bigint not null,
    until bigint not null,
    ended_at bigint,
    fits_json text not null,
    primary key (environment, number)
  )`,
];
