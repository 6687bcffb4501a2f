import { type Kysely, sql } from "kysely";
import type { Clock, Random } from "../model/doors.ts";
import type { Store } from "./store.ts";
import { openStoreFile } from "./store-file.ts";
import { createGroups } from "./store-groups.ts";
import type { Tables } from "./tables.ts";

/**
 * Opens the store of a project, creating it when there is none (its directory must exist). Several processes may
 * have it open. Throws UserError naming the file when it is damaged, newer than this Gonogo or cannot be written.
 */
export async function openStore(file: string, clock: Clock, random: Random): Promise<Store> {
  const db = await openStoreFile(file);
  try {
    return {
      ...(await createGroups(db, { clock, random })),
      server: undefined,
      copyTo: (to) => copyStore(db, to),
      [Symbol.asyncDispose]: () => db.destroy(),
    };
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
}

async function copyStore(db: Kysely<Tables>, file: string): Promise<{ evidenceRows: number }> {
  await sql`vacuum into ${file}`.execute(db);
  const head = await db.selectFrom("evidence_head").select("rows").executeTakeFirst();
  return { evidenceRows: head?.rows ?? 0 };
}
