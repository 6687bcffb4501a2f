import type { Kysely } from "kysely";
import type { Clock, Random } from "../model/doors.ts";
import { AWAY, type KnownRows } from "./away-rows.ts";
import { numberOf } from "./numbered-id.ts";
import type { Store } from "./store.ts";
import { openStoreFile } from "./store-file.ts";
import { createGroups } from "./store-groups.ts";
import type { ReleaseRow, Tables } from "./tables.ts";

export interface AwayRequest {
  /** Made when there is none; undefined: nothing is kept. */
  readonly file: string | undefined;
  readonly environment: string;
  /** What was last known of the server's. */
  readonly known: KnownRows;
  /** What runs, as the target says. */
  readonly runs: {
    readonly live: string | undefined;
    readonly warm: { readonly release: string } | undefined;
    readonly releases: readonly string[];
  };
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * A store in the place of one whose server is away: releases and deploys as they were last known, everything else
 * empty. What is written into its file is handed in later, by `StoreServer.takeIn`.
 */
export async function openAwayStore(request: AwayRequest): Promise<Store> {
  const { file, clock, random } = request;
  const db = await openStoreFile(file ?? ":memory:");
  try {
    await db.transaction().execute(async (transaction) => {
      await fill(transaction, request);
      await addUnseen(transaction, request);
    });
    return {
      ...(await createGroups(db, { clock, random })),
      server: undefined,
      copyTo: () => Promise.reject(new Error("the store is away: there is nothing to copy")),
      [Symbol.asyncDispose]: () => db.destroy(),
    };
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
}

async function fill(db: Kysely<Tables>, { known, random }: AwayRequest): Promise<void> {
  const named = await db.selectFrom("meta").select("key").where("key", "=", AWAY.name).executeTakeFirst();
  if (named) return;
  for (const row of known.releases) await db.insertInto("release").values(row).execute();
  for (const row of known.deploys) await db.insertInto("deploy").values(row).execute();
  const after = Math.max(0, ...known.deploys.map(({ number }) => number));
  await db
    .insertInto("meta")
    .values([
      { key: AWAY.name, value: random.hex(16) },
      { key: AWAY.after, value: String(after) },
    ])
    .execute();
}

/** Releases that came from elsewhere since this machine last saw the store. */
async function addUnseen(db: Kysely<Tables>, { runs, environment, clock }: AwayRequest): Promise<void> {
  const running = [runs.live, runs.warm?.release, ...runs.releases].filter((id) => id !== undefined);
  for (const id of new Set(running)) {
    const number = numberOf("r", id);
    if (number === undefined) continue;
    await db
      .insertInto("release")
      .values(unseen({ environment, number, id, runs, at: clock.now() }))
      .onConflict((conflict) => conflict.columns(["environment", "number"]).doNothing())
      .execute();
  }
}

function unseen({
  environment,
  number,
  id,
  runs,
  at,
}: Pick<AwayRequest, "environment" | "runs"> & { number: number; id: string; at: number }): ReleaseRow {
  return {
    environment,
    number,
    commit_id: "not known here",
    created_at: at,
    created_by: "somebody else",
    variables_json: "{}",
    configuration: "",
    // So that nobody is told its schema were the one an older release ran on.
    migrations_json: JSON.stringify([`what ${id} migrated, which this machine has not seen`]),
    backup: null,
    rehearsal_json: null,
    // Only one that is kept warm is known to have been good enough to answer users.
    state: runs.live === id ? "live" : runs.warm?.release === id ? "replaced" : "staged",
  };
}
