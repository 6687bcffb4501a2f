import type { Kysely, Updateable } from "kysely";
import type { Incident, IncidentEvent, Suspect } from "../model/incident.ts";
import type { IncidentStore } from "./alert-stores.ts";
import type { IncidentRow } from "./alert-tables.ts";
import { addEvents } from "./incident-events.ts";
import { reserveIncident } from "./incident-numbers.ts";
import { idOf, numberOf } from "./numbered-id.ts";
import { addMessages } from "./outbox-store.ts";
import { storedJson } from "./stored-json.ts";
import type { Tables } from "./tables.ts";

export function createIncidentStore(db: Kysely<Tables>): IncidentStore {
  return {
    open: (incident, { events, messages }) =>
      db.transaction().execute(async (transaction) => {
        const { environment } = incident;
        const id = await reserveIncident(transaction, environment);
        const opened: Incident = { ...incident, id };
        await transaction.insertInto("incident").values(toIncidentRow(opened)).execute();
        await addEvents(transaction, environment, events(id));
        await addMessages(transaction, { environment, messages: messages(id), at: incident.openedAt });
        return opened;
      }),
    get: async (environment, id) => {
      const row = await db
        .selectFrom("incident")
        .selectAll()
        .where("environment", "=", environment)
        .where("number", "=", numberOf("i", id) ?? 0)
        .executeTakeFirst();
      return row && toIncident(row);
    },
    list: async (environment, { limit = 50, since, unresolved = false, reviewDue = false } = {}) => {
      let query = db.selectFrom("incident").selectAll().where("environment", "=", environment);
      if (unresolved) query = query.where("resolved_at", "is", null);
      if (since !== undefined) {
        query = query.where((row) =>
          row.or([row("resolved_at", "is", null), row("resolved_at", ">=", since)]),
        );
      }
      if (reviewDue) query = query.where("review_due_at", "is not", null).where("reviewed_at", "is", null);
      return (await query.orderBy("number", "desc").limit(limit).execute()).map(toIncident);
    },
    events: async (environment, id) => {
      const rows = await db
        .selectFrom("incident_event")
        .selectAll()
        .where("environment", "=", environment)
        .where("incident", "=", numberOf("i", id) ?? 0)
        .orderBy("position")
        .execute();
      return rows.map(({ incident, at, kind, done_by, text }) => ({
        incident: idOf("i", incident),
        at,
        kind,
        by: done_by ?? undefined,
        text,
      }));
    },
    acknowledge: (environment, id, { by, at }) =>
      change(db, {
        environment,
        id,
        columns: { acknowledged_at: at, acknowledged_by: by },
        unless: "acknowledged_at",
        event: { incident: id, at, kind: "acknowledged", by, text: "" },
      }),
    mitigate: (environment, id, { by, at, text }) =>
      change(db, {
        environment,
        id,
        columns: { mitigated_at: at },
        unless: "mitigated_at",
        event: { incident: id, at, kind: "mitigated", by, text },
      }),
    resolve: (environment, id, { by, at, text }) =>
      change(db, {
        environment,
        id,
        columns: { resolved_at: at },
        unless: "resolved_at",
        event: { incident: id, at, kind: "resolved", by, text },
      }),
    review: (environment, id, { by, at, text }) =>
      change(db, {
        environment,
        id,
        columns: { reviewed_at: at, reviewed_by: by },
        unless: "reviewed_at",
        event: { incident: id, at, kind: "reviewed", by, text },
      }),
    addEvent: (environment, event) =>
      db.transaction().execute((transaction) => addEvents(transaction, environment, [event])),
  };
}

/** What can happen once only; false when it has already. The first to write wins, whichever process it is. */
async function change(
  db: Kysely<Tables>,
  options: {
    environment: string;
    id: string;
    columns: Updateable<IncidentRow>;
    unless: "acknowledged_at" | "mitigated_at" | "resolved_at" | "reviewed_at";
    event: IncidentEvent;
  },
): Promise<boolean> {
  const { environment, id, columns, unless, event } = options;
  return await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable("incident")
      .set(columns)
      .where("environment", "=", environment)
      .where("number", "=", numberOf("i", id) ?? 0)
      .where(unless, "is", null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await addEvents(transaction, environment, [event]);
    return true;
  });
}

export function toIncidentRow(incident: Incident): IncidentRow {
  return {
    environment: incident.environment,
    number: numberOf("i", incident.id) ?? 0,
    severity: incident.severity,
    title: incident.title,
    component: incident.component,
    affected_json: JSON.stringify(incident.affected),
    opened_at: incident.openedAt,
    first_failure_at: incident.firstFailureAt,
    release: incident.release ?? null,
    suspect_json: incident.suspect ? JSON.stringify(incident.suspect) : null,
    told_at: incident.toldAt ?? null,
    acknowledged_at: incident.acknowledgedAt ?? null,
    acknowledged_by: incident.acknowledgedBy ?? null,
    escalated: incident.escalated,
    mitigated_at: incident.mitigatedAt ?? null,
    resolved_at: incident.resolvedAt ?? null,
    review_due_at: incident.reviewDueAt ?? null,
    reviewed_at: incident.reviewedAt ?? null,
    reviewed_by: incident.reviewedBy ?? null,
  };
}

function toIncident(row: IncidentRow): Incident {
  return {
    id: idOf("i", row.number),
    environment: row.environment,
    state: row.resolved_at !== null ? "resolved" : row.mitigated_at !== null ? "mitigated" : "open",
    severity: row.severity,
    title: row.title,
    component: row.component,
    affected: storedJson<string[]>(row.affected_json) ?? [row.component],
    openedAt: row.opened_at,
    firstFailureAt: row.first_failure_at,
    release: row.release ?? undefined,
    suspect: row.suspect_json === null ? undefined : storedJson<Suspect>(row.suspect_json),
    toldAt: row.told_at ?? undefined,
    acknowledgedAt: row.acknowledged_at ?? undefined,
    acknowledgedBy: row.acknowledged_by ?? undefined,
    escalated: row.escalated,
    mitigatedAt: row.mitigated_at ?? undefined,
    resolvedAt: row.resolved_at ?? undefined,
    reviewDueAt: row.review_due_at ?? undefined,
    reviewedAt: row.reviewed_at ?? undefined,
    reviewedBy: row.reviewed_by ?? undefined,
  };
}
