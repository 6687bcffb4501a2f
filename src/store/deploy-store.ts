import type { Kysely } from "kysely";
import type { Deploy, StepRecord } from "../model/deploy.ts";
import type { Clock } from "../model/doors.ts";
import { idOf, numberOf } from "./numbered-id.ts";
import type { DeployStore } from "./store.ts";
import type { DeployRow, Tables } from "./tables.ts";

export function createDeployStore(db: Kysely<Tables>, clock: Clock): DeployStore {
  return {
    begin: (deploy) =>
      db.transaction().execute(async (transaction) => {
        const last = await transaction
          .selectFrom("deploy")
          .select((column) => column.fn.max("number").as("number"))
          .where("environment", "=", deploy.environment)
          .executeTakeFirst();
        const row: DeployRow = {
          environment: deploy.environment,
          number: (last?.number ?? 0) + 1,
          kind: deploy.kind,
          release: deploy.release,
          from_release: deploy.from ?? null,
          started_by: deploy.by,
          started_at: clock.now(),
          finished_at: null,
          state: "running",
          reason: null,
        };
        await transaction.insertInto("deploy").values(row).execute();
        return toDeploy(row);
      }),
    setRelease: (environment, id, { release, from }) =>
      change(db, environment, id, { release, from_release: from ?? null }),
    record: (environment, step) =>
      db.transaction().execute(async (transaction) => {
        const deploy = numberOf("d", step.deploy) ?? 0;
        const known = await transaction
          .selectFrom("deploy")
          .select("number")
          .where("environment", "=", environment)
          .where("number", "=", deploy)
          .executeTakeFirst();
        if (!known) throw new Error(`no deploy ${step.deploy} in ${environment}`);
        const last = await transaction
          .selectFrom("deploy_step")
          .select((column) => column.fn.max("position").as("position"))
          .where("environment", "=", environment)
          .where("deploy", "=", deploy)
          .executeTakeFirst();
        await transaction
          .insertInto("deploy_step")
          .values({
            environment,
            deploy,
            position: (last?.position ?? 0) + 1,
            step: step.step,
            state: step.state,
            at: clock.now(),
            detail_json: JSON.stringify(step.detail),
          })
          .execute();
      }),
    finish: (environment, id, state, reason) =>
      change(db, environment, id, { state, reason: reason ?? null, finished_at: clock.now() }),
    steps: async (environment, id) => {
      const rows = await db
        .selectFrom("deploy_step")
        .selectAll()
        .where("environment", "=", environment)
        .where("deploy", "=", numberOf("d", id) ?? 0)
        .orderBy("position")
        .execute();
      return rows.map(({ step, state, at, detail_json }) => ({
        deploy: id,
        step,
        state,
        at,
        detail: JSON.parse(detail_json) as StepRecord["detail"],
      }));
    },
    list: async (environment, limit = 100) => {
      const rows = await db
        .selectFrom("deploy")
        .selectAll()
        .where("environment", "=", environment)
        .orderBy("number", "desc")
        .limit(limit)
        .execute();
      return rows.map(toDeploy);
    },
  };
}

async function change(
  db: Kysely<Tables>,
  environment: string,
  id: string,
  columns: Partial<DeployRow>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable("deploy")
    .set(columns)
    .where("environment", "=", environment)
    .where("number", "=", numberOf("d", id) ?? 0)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error(`no deploy ${id} in ${environment}`);
}

export function toDeploy(row: DeployRow): Deploy {
  return {
    id: idOf("d", row.number),
    environment: row.environment,
    kind: row.kind,
    release: row.release,
    from: row.from_release ?? undefined,
    by: row.started_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    state: row.state,
    reason: row.reason ?? undefined,
  };
}
