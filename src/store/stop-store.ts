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
  return {
    async keep(environment, by) {
      const stop = { at: clock.now(), stopped_by: by };
      await db
        .insertInto("environment_stop")
        .values({ environment, ...stop })
        .onConflict((conflict) => conflict.column("environment").doUpdateSet(stop))
        .execute();
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
