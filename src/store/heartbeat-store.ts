import type { Kysely } from "kysely";
import type { Heartbeat } from "../model/heartbeat.ts";
import type { HeartbeatRow, Tables } from "./tables.ts";

export interface HeartbeatStore {
  list(environment: string): Promise<Heartbeat[]>;
  /** All of them or none. */
  keep(environment: string, heartbeats: readonly Heartbeat[]): Promise<void>;
}

/** Only what SQLite and Postgres both read. */
export const HEARTBEAT_TABLES: readonly string[] = [
  `create table heartbeat (
    environment text not null,
    name text not null,
    since bigint not null,
    started_at bigint,
    ended_at bigint,
    ended_well integer,
    exit_code integer,
    log text,
    primary key (environment, name)
  )`,
];

export function createHeartbeatStore(db: Kysely<Tables>): HeartbeatStore {
  return {
    list: async (environment) =>
      (await db.selectFrom("heartbeat").selectAll().where("environment", "=", environment).execute()).map(
        toHeartbeat,
      ),
    keep: async (environment, heartbeats) => {
      if (heartbeats.length === 0) return;
      await db
        .insertInto("heartbeat")
        .values(heartbeats.map((each) => toRow(environment, each)))
        .onConflict((conflict) =>
          conflict.columns(["environment", "name"]).doUpdateSet((column) => ({
            started_at: column.ref("excluded.started_at"),
            ended_at: column.ref("excluded.ended_at"),
            ended_well: column.ref("excluded.ended_well"),
            exit_code: column.ref("excluded.exit_code"),
            log: column.ref("excluded.log"),
          })),
        )
        .execute();
    },
  };
}

function toRow(environment: string, heartbeat: Heartbeat): HeartbeatRow {
  const { name, since, startedAt, endedAt, endedWell, exitCode, log } = heartbeat;
  return {
    environment,
    name,
    since,
    started_at: startedAt ?? null,
    ended_at: endedAt ?? null,
    ended_well: endedWell === undefined ? null : Number(endedWell),
    exit_code: exitCode ?? null,
    log: log ?? null,
  };
}

function toHeartbeat(row: HeartbeatRow): Heartbeat {
  return {
    name: row.name,
    since: row.since,
    startedAt: row.started_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    endedWell: row.ended_well === null ? undefined : row.ended_well === 1,
    exitCode: row.exit_code ?? undefined,
    log: row.log ?? undefined,
  };
}
