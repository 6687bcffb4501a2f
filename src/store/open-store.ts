import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { Kysely } from "kysely";
import type { Clock, Random } from "../model/doors.ts";
import { createDeployStore } from "./deploy-store.ts";
import { createEvidenceStore } from "./evidence-store.ts";
import { migrate } from "./migrations.ts";
import { createPeopleStore } from "./people-store.ts";
import { createReleaseStore } from "./release-store.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { explainSqlite, isBusy } from "./sqlite-errors.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

/** How long a write waits for another process's. */
const BUSY_TIMEOUT_MS = 5_000;
const OPENING_ATTEMPTS = 50;
const OPENING_PAUSE_MS = 20;

/**
 * Opens the store of a project, creating it when there is none (its directory must exist). Several processes may
 * have it open. Throws UserError naming the file when it is damaged, newer than this Gonogo or cannot be written.
 */
export async function openStore(file: string, clock: Clock, random: Random): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(await openFile(file), file) });
  try {
    await migrate(db, file);
    return {
      salt: await saltOf(db, random),
      evidence: createEvidenceStore(db),
      releases: createReleaseStore(db),
      deploys: createDeployStore(db, clock),
      people: createPeopleStore(db),
      [Symbol.asyncDispose]: () => db.destroy(),
    };
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
}

/** Turning a new file to WAL needs it alone, and SQLite answers "busy" to that at once instead of waiting. */
async function openFile(file: string): Promise<DatabaseSync> {
  for (let attempt = 1; ; attempt++) {
    try {
      return tryOpenFile(file);
    } catch (thrown) {
      if (!isBusy(thrown) || attempt === OPENING_ATTEMPTS) throw explainSqlite(thrown, file);
      await wait(OPENING_PAUSE_MS);
    }
  }
}

function tryOpenFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(
      "pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 4194304",
    );
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

async function saltOf(db: Kysely<Tables>, random: Random): Promise<string> {
  const kept = await db.selectFrom("meta").select("value").where("key", "=", "salt").executeTakeFirst();
  if (kept) return kept.value;
  await db
    .insertInto("meta")
    .values({ key: "salt", value: random.hex(32) })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
  const { value } = await db
    .selectFrom("meta")
    .select("value")
    .where("key", "=", "salt")
    .executeTakeFirstOrThrow();
  return value;
}
