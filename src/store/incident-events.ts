import type { Transaction } from "kysely";
import type { IncidentEvent } from "../model/incident.ts";
import { numberOf } from "./numbered-id.ts";
import type { Tables } from "./tables.ts";

export async function addEvents(
  db: Transaction<Tables>,
  environment: string,
  events: readonly IncidentEvent[],
): Promise<void> {
  for (const { incident: id, at, kind, by, text } of events) {
    const incident = numberOf("i", id) ?? 0;
    const last = await db
      .selectFrom("incident_event")
      .select((column) => column.fn.max("position").as("position"))
      .where("environment", "=", environment)
      .where("incident", "=", incident)
      .executeTakeFirst();
    const position = (last?.position ?? 0) + 1;
    await db
      .insertInto("incident_event")
      .values({ environment, incident, position, at, kind, done_by: by ?? null, text })
      .execute();
  }
}
