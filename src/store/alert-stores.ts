import type {
  AlertGroup,
  MonitorTrack,
  OutboxRow,
  OutgoingMessage,
  Silence,
  Transition,
} from "../model/alert.ts";
import type { AlertChange, Incident, IncidentEvent } from "../model/incident.ts";
import type { Forgotten } from "./alert-retention.ts";

/** Where the evaluator of alerts goes on after a restart, and what it changes. */
export interface AlertStore {
  load(environment: string): Promise<{
    readonly tracks: readonly MonitorTrack[];
    readonly groups: readonly AlertGroup[];
    /** Names of what was kept and cannot be read any more. */
    readonly unreadable: readonly string[];
  }>;
  /** Transitions, incidents and the messages that follow: all of it or nothing. */
  commit(change: AlertChange): Promise<void>;
  /** Takes the next incident's id; one that is not used leaves a gap. */
  reserveIncident(environment: string): Promise<string>;
  /** Newest first. */
  transitions(
    environment: string,
    query: { readonly since: number; readonly limit: number },
  ): Promise<Transition[]>;
  /** Removes what was told and is over since before that time; says how much it was. */
  forget(environment: string, before: number): Promise<Forgotten>;
}

/** Who did something to an incident, when, and in what words. */
export interface Deed {
  readonly by: string;
  readonly at: number;
  readonly text: string;
}

export interface IncidentStore {
  /** One that no monitor opened, with its first events and messages; gives it its id. */
  open(
    incident: Omit<Incident, "id">,
    also: {
      readonly events: (id: string) => readonly IncidentEvent[];
      readonly messages: (id: string) => readonly OutgoingMessage[];
    },
  ): Promise<Incident>;
  get(environment: string, id: string): Promise<Incident | undefined>;
  /** Newest first. `since`: unresolved, or resolved later than that. */
  list(
    environment: string,
    query?: { limit?: number; since?: number; unresolved?: boolean; reviewDue?: boolean },
  ): Promise<Incident[]>;
  /** Oldest first. */
  events(environment: string, id: string): Promise<IncidentEvent[]>;
  /** False when somebody has already; so with the next three. */
  acknowledge(environment: string, id: string, deed: Omit<Deed, "text">): Promise<boolean>;
  mitigate(environment: string, id: string, deed: Deed): Promise<boolean>;
  resolve(environment: string, id: string, deed: Deed): Promise<boolean>;
  review(environment: string, id: string, deed: Deed): Promise<boolean>;
  addEvent(environment: string, event: IncidentEvent): Promise<void>;
}

/** Messages on their way: waiting, sent, or given up. */
export interface OutboxStore {
  add(environment: string, messages: readonly OutgoingMessage[], at: number): Promise<void>;
  /**
   * The channel's oldest waiting message, taken until `until` so that no other process sends it too; or when it is
   * due; undefined when none waits.
   */
  claim(
    environment: string,
    claim: {
      readonly channel: string;
      readonly by: string;
      readonly now: number;
      readonly until: number;
    },
  ): Promise<{ readonly row: OutboxRow } | { readonly dueAt: number } | undefined>;
  /** What an earlier life of this process had taken and not finished. */
  releaseClaims(environment: string, by: string): Promise<void>;
  /** Messages for channels that are declared no more become dead letters. */
  giveUpOthers(environment: string, channels: readonly string[]): Promise<void>;
  /** Also in the timeline of the incident. */
  sent(row: OutboxRow, outcome: { readonly at: number; readonly receipt: string }): Promise<void>;
  /** Without `nextAt` it is given up: a dead letter. */
  failed(
    row: OutboxRow,
    outcome: { readonly nextAt: number | undefined; readonly error: string },
  ): Promise<void>;
  /** The clock was put back: what waits is due now, and nobody's claim is believed. */
  hurry(environment: string, now: number): Promise<void>;
  /** A dead letter once more; false when it is none. */
  retry(environment: string, number: number, at: number): Promise<boolean>;
  /** Newest first. */
  list(
    environment: string,
    query?: { state?: OutboxRow["state"]; incident?: string; limit?: number },
  ): Promise<OutboxRow[]>;
  /** One message through every channel it goes to. */
  byKey(environment: string, key: string): Promise<OutboxRow[]>;
}

export interface SilenceStore {
  add(silence: Omit<Silence, "id" | "endedAt">): Promise<Silence>;
  /** False when it is over already. */
  end(environment: string, id: string, at: number): Promise<boolean>;
  /** Newest first. */
  list(environment: string, query?: { endsAfter?: number }): Promise<Silence[]>;
}
