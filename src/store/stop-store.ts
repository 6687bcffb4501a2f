import type { Kysely } from "kysely";
import type { Clock } from "../model/doors.ts";
import type { Tables } from "./tables.ts";

/** That somebody ended an environment: what tells it from one whose agent was killed. */
export interface Stop {
  readonly at: number;
  readonly by: string;
}

export interface StopStore {
  keep(environment: string, by: string): Promise<void>;
  /** As it was before: what was begun was not done. */
  restore(environment: string, before: Stop | undefined): Promise<void>;
  /** The newest one. */
  last(environment: string): Promise<Stop | undefined>;
}

/** Only what SQLite and Postgres both read. */
export const STOP_TABLE = `create table environment_stop (
  environment text not null,
  at bigint not null,
  stopped_by text not null,
  primary key (environment)
)`;

export function createStopStore(db: Kysely<Tables>, clock: Clock): StopStore {
  async function put(environment: string, { at, by }: Stop): Promise<void> {
    const stop = { at, stopped_by: by };
    await db
      .insertInto("environment_stop")
      .values({ environment, ...stop })
      .onConflict((conflict) => conflict.column("environment").doUpdateSet(stop))
      .execute();
  }

  return {
    keep: (environment, by) => put(environment, { at: clock.now(), by }),
    async restore(environment, before) {
      if (before) await put(environment, before);
      else await db.deleteFrom("environment_stop").where("environment", "=", environment).execute();
    },
    async last(environment) {
      const row = await db
        .selectFrom("environment_stop")
        .select(["at", "stopped_by"])
        .where("environment", "=", environment)
        .executeTakeFirst();
      return row && { at: row.at, by: row.stopped_by };
    },
  };
}
