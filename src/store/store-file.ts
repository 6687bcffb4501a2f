import type { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { migrate } from "./migrations.ts";
import { openShared } from "./open-shared.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { explainSqlite, patiently } from "./sqlite-errors.ts";
import type { Tables } from "./tables.ts";

const PRAGMAS = "pragma synchronous = full; pragma journal_size_limit = 4194304";

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
    return await patiently(() => openShared(file, PRAGMAS));
  } catch (thrown) {
    throw explainSqlite(thrown, file);
  }
}
