import type { Kysely } from "kysely";
import type { Clock } from "../model/doors.ts";
import type { HeldDrill } from "../model/drill.ts";
import type { DrillStore } from "./store.ts";
import type { DrillRow, Tables } from "./tables.ts";

/** A rehearsal's place on its release, and drills with what they have to put back. */
export const DRILL_TABLES: readonly string[] = [
  "alter table release add column rehearsal_json text",
  `create table drill (
    environment text not null,
    number integer not null,
    name text not null,
    started_by text not null,
    started_at bigint not null,
    finished_at bigint,
    state text not null,
    mark_json text not null,
    reason text,
    primary key (environment, number)
  )`,
];

export function createDrillStore(db: Kysely<Tables>, clock: Clock): DrillStore {
  const change = async (environment: string, id: string, columns: Partial<DrillRow>) => {
    await db
      .updateTable("drill")
      .set(columns)
      .where("environment", "=", environment)
      .where("number", "=", numberOf(id))
      .execute();
  };
  return {
    begin: ({ environment, name, by, mark }) =>
      db.transaction().execute(async (transaction) => {
        const last = await transaction
          .selectFrom("drill")
          .select((column) => column.fn.max("number").as("number"))
          .where("environment", "=", environment)
          .executeTakeFirst();
        const row: DrillRow = {
          environment,
          number: (last?.number ?? 0) + 1,
          name,
          started_by: by,
          started_at: clock.now(),
          finished_at: null,
          state: "running",
          mark_json: JSON.stringify(mark),
          reason: null,
        };
        await transaction.insertInto("drill").values(row).execute();
        return toDrill(row);
      }),
    mark: (environment, id, mark) => change(environment, id, { mark_json: JSON.stringify(mark) }),
    finish: (environment, id, state, reason) =>
      change(environment, id, { state, reason: reason ?? null, finished_at: clock.now() }),
    list: async (environment, limit = 100) => {
      const rows = await db
        .selectFrom("drill")
        .selectAll()
        .where("environment", "=", environment)
        .orderBy("number", "desc")
        .limit(limit)
        .execute();
      return rows.map(toDrill);
    },
  };
}

function numberOf(id: string): number {
  return Number(/^drill (\d+)$/.exec(id)?.[1] ?? 0);
}

function toDrill(row: DrillRow): HeldDrill {
  return {
    id: `drill ${row.number}`,
    environment: row.environment,
    name: row.name,
    by: row.started_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    state: row.state,
    mark: JSON.parse(row.mark_json) as HeldDrill["mark"],
    reason: row.reason ?? undefined,
  };
}
