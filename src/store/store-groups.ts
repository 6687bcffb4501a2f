import type { Kysely } from "kysely";
import type { Clock, Random } from "../model/doors.ts";
import { createAlertStore } from "./alert-store.ts";
import { createApiKeyStore } from "./api-key-store.ts";
import { createDeployStore } from "./deploy-store.ts";
import { createDrillStore } from "./drill-store.ts";
import { createEvidenceStore } from "./evidence-store.ts";
import { createHeartbeatStore } from "./heartbeat-store.ts";
import { createIncidentStore } from "./incident-store.ts";
import { createOutboxStore } from "./outbox-store.ts";
import { createPeopleStore } from "./people-store.ts";
import { createReleaseStore } from "./release-store.ts";
import { createSilenceStore } from "./silence-store.ts";
import { createStopStore } from "./stop-store.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

type Groups = Omit<Store, "copyTo" | "server" | typeof Symbol.asyncDispose>;

/** What a store remembers, the same on every database. */
export async function createGroups(
  db: Kysely<Tables>,
  { clock, random }: { clock: Clock; random: Random },
): Promise<Groups> {
  return {
    salt: await saltOf(db, random),
    evidence: createEvidenceStore(db),
    releases: createReleaseStore(db),
    deploys: createDeployStore(db, clock),
    stops: createStopStore(db, clock),
    people: createPeopleStore(db),
    drills: createDrillStore(db, clock),
    alerts: createAlertStore(db),
    incidents: createIncidentStore(db),
    outbox: createOutboxStore(db),
    silences: createSilenceStore(db),
    keys: createApiKeyStore(db, { clock, random }),
    heartbeats: createHeartbeatStore(db),
  };
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
