import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { migrate } from "./migrations.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { explainSqlite, isWithoutRoomToShare, patiently } from "./sqlite-errors.ts";
import type { Tables } from "./tables.ts";

/** The database of a store in a file, made and brought to this Gonogo's schema. Throws as `openStore` does. */
export async function openStoreFile(file: string): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(await openFile(file), file) });
  try {
    await migrate(db, file, "sqlite");
    return db;
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
