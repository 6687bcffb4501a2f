import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import type { Clock, Random } from "../model/doors.ts";
import { createAlertStore } from "./alert-store.ts";
import { createApiKeyStore } from "./api-key-store.ts";
import { createDeployStore } from "./deploy-store.ts";
import { createDrillStore } from "./drill-store.ts";
import { createEvidenceStore } from "./evidence-store.ts";
import { createHeartbeatStore } from "./heartbeat-store.ts";
import { createIncidentStore } from "./incident-store.ts";
import { migrate } from "./migrations.ts";
import { createOutboxStore } from "./outbox-store.ts";
import { createPeopleStore } from "./people-store.ts";
import { createReleaseStore } from "./release-store.ts";
import { createSilenceStore } from "./silence-store.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { explainSqlite, isWithoutRoomToShare, patiently } from "./sqlite-errors.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

/**
 * Opens the store of a project, creating it when there is none (its directory must exist). Several processes may
 * have it open. Throws UserError naming the file when it is damaged, newer than this Gonogo or cannot be written.
 */
export async function openStore(file: string, clock: Clock, random: Random): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(await openFile(file), file) });
  try {
    await migrate(db, file, "sqlite");
    return {
      salt: await saltOf(db, random),
      evidence: createEvidenceStore(db),
      releases: createReleaseStore(db),
      deploys: createDeployStore(db, clock),
      people: createPeopleStore(db),
      drills: createDrillStore(db, clock),
      alerts: createAlertStore(db),
      incidents: createIncidentStore(db),
      outbox: createOutboxStore(db),
      silences: createSilenceStore(db),
      keys: createApiKeyStore(db, { clock, random }),
      heartbeats: createHeartbeatStore(db),
      copyTo: (to) => copyStore(db, to),
      [Symbol.asyncDispose]: () => db.destroy(),
    };
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
}

async function openFile(file: string): Promise<DatabaseSync> {
  try {
    return await patiently(() => openShared(file));
  } catch (thrown) {
    throw explainSqlite(thrown, file);
  }
}

/** On a full disk the store is opened for this process alone: that needs no room, and what is kept can be read. */
function openShared(file: string): DatabaseSync {
  try {
    return openWith(file, "normal");
  } catch (thrown) {
    if (!isWithoutRoomToShare(thrown)) throw thrown;
    return openWith(file, "exclusive");
  }
}

function openWith(file: string, locking: "normal" | "exclusive"): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(`pragma locking_mode = ${locking}; pragma journal_mode = wal`);
    database.exec("pragma synchronous = full; pragma journal_size_limit = 4194304");
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

async function copyStore(db: Kysely<Tables>, file: string): Promise<{ evidenceRows: number }> {
  await sql`vacuum into ${file}`.execute(db);
  const head = await db.selectFrom("evidence_head").select("rows").executeTakeFirst();
  return { evidenceRows: head?.rows ?? 0 };
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
