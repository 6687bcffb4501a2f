import { DatabaseSync } from "node:sqlite";
import { isWithoutRoomToShare } from "./sqlite-errors.ts";

/**
 * Opens a database that several processes use. On a full disk it is opened for this process alone: that needs no room,
 * and what is kept can be read. Throws what SQLite throws.
 */
export function openShared(
  file: string,
  statements: string,
  { timeoutMs = 0 }: { timeoutMs?: number } = {},
): DatabaseSync {
  try {
    return openWith(file, { locking: "normal", statements, timeoutMs });
  } catch (thrown) {
    if (!isWithoutRoomToShare(thrown)) throw thrown;
    return openWith(file, { locking: "exclusive", statements, timeoutMs });
  }
}

function openWith(
  file: string,
  given: { locking: "normal" | "exclusive"; statements: string; timeoutMs: number },
): DatabaseSync {
  const { locking, statements, timeoutMs } = given;
  const database = new DatabaseSync(file, { timeout: timeoutMs });
  try {
    database.exec(`pragma locking_mode = ${locking}; pragma journal_mode = wal`);
    database.exec(statements);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}
