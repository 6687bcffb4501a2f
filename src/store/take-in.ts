import type { Kysely, Transaction } from "kysely";
import { AWAY, type TakenIn } from "./away-rows.ts";
import { toDeploy } from "./deploy-store.ts";
import { idOf, numberOf } from "./numbered-id.ts";
import { openStoreFile } from "./store-file.ts";
import type { DeployRow, Tables } from "./tables.ts";

/** All of it or nothing, and once: the file's own name is kept with what came out of it. */
export async function takeIn(
  db: Kysely<Tables>,
  { environment, file }: { environment: string; file: string },
): Promise<TakenIn[]> {
  const from = await openStoreFile(file);
  try {
    const name = await metaOf(from, AWAY.name);
    if (name === undefined) return [];
    return await db.transaction().execute(async (to) => {
      const key = `taken in: ${name}`;
      if ((await metaOf(to, key)) !== undefined) return [];
      await to.insertInto("meta").values({ key, value: environment }).execute();
      await takeStop(from, to, environment);
      return await takeDeploys(from, to, environment);
    });
  } finally {
    await from.destroy();
  }
}

async function takeStop(from: Kysely<Tables>, to: Transaction<Tables>, environment: string): Promise<void> {
  const [stop, known] = await Promise.all(
    [from, to].map((each) =>
      each
        .selectFrom("environment_stop")
        .selectAll()
        .where("environment", "=", environment)
        .executeTakeFirst(),
    ),
  );
  if (!stop || stop.at <= (known?.at ?? 0)) return;
  const { at, stopped_by } = stop;
  await to
    .insertInto("environment_stop")
    .values(stop)
    .onConflict((conflict) => conflict.column("environment").doUpdateSet({ at, stopped_by }))
    .execute();
}

async function takeDeploys(
  from: Kysely<Tables>,
  to: Transaction<Tables>,
  environment: string,
): Promise<TakenIn[]> {
  const rows = await from
    .selectFrom("deploy")
    .selectAll()
    .where("environment", "=", environment)
    .where("number", ">", Number(await metaOf(from, AWAY.after)))
    .orderBy("number")
    .execute();
  const taken: TakenIn[] = [];
  for (const row of rows) {
    const last = await to
      .selectFrom("deploy")
      .select((column) => column.fn.max("number").as("number"))
      .where("environment", "=", environment)
      .executeTakeFirst();
    // Others may have deployed meanwhile: a number is given by the store it is in.
    const kept: DeployRow = { ...row, number: (last?.number ?? 0) + 1 };
    await to.insertInto("deploy").values(kept).execute();
    const steps = await from
      .selectFrom("deploy_step")
      .selectAll()
      .where("environment", "=", environment)
      .where("deploy", "=", row.number)
      .orderBy("position")
      .execute();
    for (const step of steps) {
      await to
        .insertInto("deploy_step")
        .values({ ...step, deploy: kept.number })
        .execute();
    }
    if (row.state === "done") await moveStates(to, row);
    taken.push({ deploy: toDeploy(kept), was: idOf("d", row.number) });
  }
  return taken;
}

/** That a release was gone back from is kept whatever came after; which one is live now, the target says. */
async function moveStates(to: Transaction<Tables>, row: DeployRow): Promise<void> {
  const { environment, from_release, release } = row;
  const set = (id: string, state: "rolled back" | "live") =>
    to
      .updateTable("release")
      .set({ state })
      .where("environment", "=", environment)
      .where("number", "=", numberOf("r", id) ?? 0);
  const bad = await set(from_release ?? "", "rolled back")
    .where("state", "in", ["live", "replaced"])
    .executeTakeFirst();
  const others = await to
    .selectFrom("release")
    .select("number")
    .where("environment", "=", environment)
    .where("state", "=", "live")
    .execute();
  if (bad.numUpdatedRows === 1n && others.length === 0) await set(release, "live").execute();
}

async function metaOf(db: Kysely<Tables>, key: string): Promise<string | undefined> {
  const row = await db.selectFrom("meta").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value;
}
