import type { OutboxRow, Silence } from "../../model/alert.ts";
import { UserError } from "../../model/errors.ts";
import type { Incident } from "../../model/incident.ts";
import { isActive } from "../../watch/alerts/muting.ts";
import { figuresOf } from "../../watch/incidents/timeline.ts";
import type { JsonResult } from "../output/contracts/contract.ts";
import { headOf } from "../records.ts";
import type { OpenScene } from "../scene.ts";

export type IncidentsRecord = Extract<JsonResult, { kind: "incidents" }>;
export type IncidentRecord = Extract<JsonResult, { kind: "incident" }>;
export type SilencesRecord = Extract<JsonResult, { kind: "silences" }>;

export async function incidentsRecordOf(
  scene: OpenScene,
  { limit, unresolved }: { limit: number; unresolved: boolean },
): Promise<IncidentsRecord> {
  const { store, environment } = scene;
  const incidents = await store.incidents.list(environment.name, { limit, unresolved });
  const dead = await store.outbox.list(environment.name, { state: "dead", limit: 20 });
  return {
    kind: "incidents",
    ...headOf(scene),
    incidents: incidents.map(incidentRecord),
    undelivered: dead.map(messageRecord),
  };
}

export async function incidentRecordOf(scene: OpenScene, incident: Incident): Promise<IncidentRecord> {
  const { store, environment, doors } = scene;
  const events = await store.incidents.events(environment.name, incident.id);
  const messages = await store.outbox.list(environment.name, { incident: incident.id, limit: 200 });
  const { detectionMs, tellingMs, acknowledgeMs, lastedMs } = figuresOf(incident, doors.clock.now());
  return {
    kind: "incident",
    ...headOf(scene),
    incident: incidentRecord(incident),
    timeline: events.map(({ at, kind, by, text }) => ({ at, kind, by: by ?? null, text })),
    messages: messages.map(messageRecord),
    figures: {
      detectionMs,
      tellingMs: tellingMs ?? null,
      acknowledgeMs: acknowledgeMs ?? null,
      lastedMs,
    },
  };
}

/** The incident a command names; without a name the newest that is not resolved. Throws UserError. */
export async function chosenIncident(scene: OpenScene, id: string | undefined): Promise<Incident> {
  const { store, environment } = scene;
  const [newest] = await store.incidents.list(environment.name, { limit: 1, unresolved: id === undefined });
  const found = id === undefined ? newest : await store.incidents.get(environment.name, id);
  if (found) return found;
  throw new UserError(
    id === undefined
      ? `no incident is open in ${environment.name}`
      : `there is no incident "${id}" in ${environment.name}`,
    { fix: `gonogo incidents --env ${environment.name} lists them` },
  );
}

function incidentRecord(incident: Incident): IncidentsRecord["incidents"][number] {
  const { environment: _, escalated: __, ...known } = incident;
  return {
    ...known,
    release: known.release ?? null,
    suspect: known.suspect ?? null,
    toldAt: known.toldAt ?? null,
    acknowledgedAt: known.acknowledgedAt ?? null,
    acknowledgedBy: known.acknowledgedBy ?? null,
    mitigatedAt: known.mitigatedAt ?? null,
    resolvedAt: known.resolvedAt ?? null,
    reviewDueAt: known.reviewDueAt ?? null,
    reviewedAt: known.reviewedAt ?? null,
    reviewedBy: known.reviewedBy ?? null,
  };
}

export function messageRecord(row: OutboxRow): IncidentsRecord["undelivered"][number] {
  const { environment: _, nextAt: __, notice, ...known } = row;
  const { kind, title, key } = notice;
  return {
    ...known,
    kind,
    title,
    key,
    incident: known.incident ?? null,
    sentAt: known.sentAt ?? null,
    receipt: known.receipt ?? null,
    error: known.error ?? null,
  };
}

export function silencesRecordOf(scene: OpenScene, silences: readonly Silence[]): SilencesRecord {
  const now = scene.doors.clock.now();
  return {
    kind: "silences",
    ...headOf(scene),
    silences: silences.map(({ environment: _, endedAt, ...silence }) => ({
      ...silence,
      endedAt: endedAt ?? null,
      active: isActive({ ...silence, environment: "", endedAt }, now),
    })),
  };
}
