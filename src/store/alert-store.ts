import type { Kysely, Transaction } from "kysely";
import type { AlertGroup, MonitorTrack, Transition } from "../model/alert.ts";
import type { AlertChange } from "../model/incident.ts";
import { forgetSettled } from "./alert-retention.ts";
import type { AlertStore } from "./alert-stores.ts";
import { addEvents } from "./incident-events.ts";
import { reserveIncident } from "./incident-numbers.ts";
import { toIncidentRow } from "./incident-store.ts";
import { numberOf } from "./numbered-id.ts";
import { addMessages } from "./outbox-store.ts";
import { storedJson } from "./stored-json.ts";
import type { Tables } from "./tables.ts";

/** Rows of one insert, well under both databases' limits of parameters. */
const CHUNK = 500;

export function createAlertStore(db: Kysely<Tables>): AlertStore {
  return {
    load: async (environment) => {
      const tracks = await db
        .selectFrom("alert_track")
        .select(["monitor", "track_json"])
        .where("environment", "=", environment)
        .execute();
      const groups = await db
        .selectFrom("alert_group")
        .select(["incident", "group_json"])
        .where("environment", "=", environment)
        .orderBy("incident")
        .execute();
      const unreadable: string[] = [];
      const read = <Value extends object>(text: string, name: string, part: keyof Value): Value[] => {
        const value = storedJson<Partial<Value> | null>(text);
        if (value?.[part] !== undefined) return [value as Value];
        unreadable.push(name);
        return [];
      };
      return {
        tracks: tracks.flatMap((row) => read<MonitorTrack>(row.track_json, row.monitor, "changedAt")),
        groups: groups.flatMap((row) => read<AlertGroup>(row.group_json, `i${row.incident}`, "alerts")),
        unreadable,
      };
    },
    reserveIncident: (environment) =>
      db.transaction().execute((transaction) => reserveIncident(transaction, environment)),
    commit: (change) => db.transaction().execute((transaction) => commit(transaction, change)),
    forget: (environment, before) => forgetSettled(db, { environment, before }),
    transitions: async (environment, { since, limit }) => {
      const rows = await db
        .selectFrom("transition")
        .selectAll()
        .where("environment", "=", environment)
        .where("at", ">=", since)
        .orderBy("number", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        monitor: row.monitor,
        component: row.component,
        at: row.at,
        to: row.to_state,
        since: row.since,
        detail: row.detail,
        release: row.release ?? undefined,
      }));
    },
  };
}

async function commit(db: Transaction<Tables>, change: AlertChange): Promise<void> {
  const { environment } = change;
  for (const track of change.tracks) {
    const track_json = JSON.stringify(track);
    await db
      .insertInto("alert_track")
      .values({ environment, monitor: track.monitor, track_json })
      .onConflict((conflict) => conflict.columns(["environment", "monitor"]).doUpdateSet({ track_json }))
      .execute();
  }
  await addTransitions(db, environment, change.transitions);
  for (const incident of change.incidents) {
    const row = toIncidentRow(incident);
    // What people do to an incident is written by their own command: it is not to be undone by an older view of it.
    const { acknowledged_at, acknowledged_by, mitigated_at, reviewed_at, reviewed_by, told_at, ...own } = row;
    await db
      .insertInto("incident")
      .values(row)
      .onConflict((conflict) => conflict.columns(["environment", "number"]).doUpdateSet(own))
      .execute();
  }
  await addEvents(db, environment, change.events);
  for (const group of change.groups) {
    const group_json = JSON.stringify(group);
    await db
      .insertInto("alert_group")
      .values({ environment, incident: numberOf("i", group.incident) ?? 0, group_json })
      .onConflict((conflict) => conflict.columns(["environment", "incident"]).doUpdateSet({ group_json }))
      .execute();
  }
  for (const closed of change.closed) {
    await db
      .deleteFrom("alert_group")
      .where("environment", "=", environment)
      .where("incident", "=", numberOf("i", closed) ?? 0)
      .execute();
  }
  await addMessages(db, { environment, messages: change.messages, at: change.at });
}

async function addTransitions(
  db: Transaction<Tables>,
  environment: string,
  transitions: readonly Transition[],
): Promise<void> {
  if (transitions.length === 0) return;
  const last = await db
    .selectFrom("transition")
    .select((column) => column.fn.max("number").as("number"))
    .where("environment", "=", environment)
    .executeTakeFirst();
  const first = (last?.number ?? 0) + 1;
  const rows = transitions.map(({ to, release, ...rest }, index) => ({
    ...rest,
    environment,
    number: first + index,
    to_state: to,
    release: release ?? null,
  }));
  for (let from = 0; from < rows.length; from += CHUNK) {
    await db
      .insertInto("transition")
      .values(rows.slice(from, from + CHUNK))
      .execute();
  }
}
