import type { Kysely } from "kysely";
import type { Release } from "../model/release.ts";
import { idOf, numberOf } from "./numbered-id.ts";
import type { ReleaseStore } from "./store.ts";
import type { ReleaseRow, Tables } from "./tables.ts";

export function createReleaseStore(db: Kysely<Tables>): ReleaseStore {
  return {
    add: (release) =>
      db.transaction().execute(async (transaction) => {
        const last = await transaction
          .selectFrom("release")
          .select((column) => column.fn.max("number").as("number"))
          .where("environment", "=", release.environment)
          .executeTakeFirst();
        const row = toRow(release, (last?.number ?? 0) + 1);
        await transaction.insertInto("release").values(row).execute();
        return toRelease(row);
      }),
    setState: (environment, id, state) => change(db, environment, id, { state }),
    update: (environment, id, { migrations, backup, rehearsal }) =>
      change(db, environment, id, {
        ...(rehearsal && { rehearsal_json: JSON.stringify(rehearsal) }),
        ...(migrations && { migrations_json: JSON.stringify(migrations) }),
        ...(backup !== undefined && { backup }),
      }),
    get: async (environment, id) => {
      const row = await db
        .selectFrom("release")
        .selectAll()
        .where("environment", "=", environment)
        .where("number", "=", numberOf("r", id) ?? 0)
        .executeTakeFirst();
      return row && toRelease(row);
    },
    list: async (environment, limit = 100) => {
      const rows = await db
        .selectFrom("release")
        .selectAll()
        .where("environment", "=", environment)
        .orderBy("number", "desc")
        .limit(limit)
        .execute();
      return rows.map(toRelease);
    },
  };
}

async function change(
  db: Kysely<Tables>,
  environment: string,
  id: string,
  columns: Partial<ReleaseRow>,
): Promise<void> {
  if (Object.keys(columns).length === 0) return;
  const { numUpdatedRows } = await db
    .updateTable("release")
    .set(columns)
    .where("environment", "=", environment)
    .where("number", "=", numberOf("r", id) ?? 0)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error(`no release ${id} in ${environment}`);
}

function toRow(release: Omit<Release, "id">, number: number): ReleaseRow {
  return {
    environment: release.environment,
    number,
    commit_id: release.commit,
    created_at: release.createdAt,
    created_by: release.createdBy,
    variables_json: JSON.stringify(release.variables),
    configuration: release.configuration,
    migrations_json: JSON.stringify(release.migrations),
    backup: release.backup ?? null,
    rehearsal_json: release.rehearsal === undefined ? null : JSON.stringify(release.rehearsal),
    state: release.state,
  };
}

function toRelease(row: ReleaseRow): Release {
  return {
    id: idOf("r", row.number),
    environment: row.environment,
    commit: row.commit_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    variables: JSON.parse(row.variables_json) as Release["variables"],
    configuration: row.configuration,
    migrations: JSON.parse(row.migrations_json) as Release["migrations"],
    backup: row.backup ?? undefined,
    ...(row.rehearsal_json !== null && {
      rehearsal: JSON.parse(row.rehearsal_json) as NonNullable<Release["rehearsal"]>,
    }),
    state: row.state,
  };
}
