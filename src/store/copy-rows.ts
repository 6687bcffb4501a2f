import { sql, type Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** Tables by what their rows are in order of: pages of them are read one after the other. */
const ORDERED_BY = {
  meta: ["key"],
  evidence: ["seq"],
  evidence_head: ["id"],
  evidence_latest: ["environment", "component", "check_id", "release"],
  person_answer: ["seq"],
  release: ["environment", "number"],
  deploy: ["environment", "number"],
  deploy_step: ["environment", "deploy", "position"],
  environment_stop: ["environment"],
  drill: ["environment", "number"],
  api_key: ["hash"],
  heartbeat: ["environment", "name"],
  alert_track: ["environment", "monitor"],
  transition: ["environment", "number"],
  alert_group: ["environment", "incident"],
  incident_counter: ["environment"],
  incident: ["environment", "number"],
  incident_event: ["environment", "incident", "position"],
  outbox: ["environment", "number"],
  silence: ["environment", "number"],
} as const satisfies { [Name in keyof Tables]: readonly (keyof Tables[Name])[] };

const PAGE = 500;

/** Copies every row into a store that was made just now, whichever database each is in. Both are transactions. */
export async function copyRows(from: Transaction<Tables>, to: Transaction<Tables>): Promise<void> {
  // What a new store begins with gives way to what the other one has.
  await to.deleteFrom("meta").execute();
  await to.deleteFrom("evidence_head").execute();
  for (const [name, columns] of Object.entries(ORDERED_BY)) {
    // One of them stands for all: kysely types each table's columns apart.
    const table = name as "meta";
    const keys = columns.map((column) => sql.ref(column));
    let last: Readonly<Record<string, unknown>> | undefined;
    do {
      let query = from.selectFrom(table).selectAll().limit(PAGE);
      for (const key of keys) query = query.orderBy(key);
      if (last) {
        const values = columns.map((column) => last?.[column]);
        query = query.where(sql<boolean>`(${sql.join(keys)}) > (${sql.join(values)})`);
      }
      const rows = await query.execute();
      if (rows.length > 0) await to.insertInto(table).values(rows).execute();
      last = rows.length < PAGE ? undefined : rows.at(-1);
    } while (last);
  }
}
