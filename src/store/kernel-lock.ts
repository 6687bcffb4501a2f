import { DatabaseSync } from "node:sqlite";
import { explainSqlite, isBusy } from "./sqlite-errors.ts";

/** Somebody who only looks whether it is held has it for an instant. */
const PATIENCE_MS = 200;

/**
 * A lock that the kernel lets go of the moment its process is gone, however that came about: SQLite's write lock on a
 * file of its own. Undefined when another process has it.
 */
export function takeKernelLock(file: string): Disposable | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: PATIENCE_MS });
    database.exec("begin immediate");
  } catch (thrown) {
    database?.close();
    if (isBusy(thrown)) return undefined;
    throw explainSqlite(thrown, file);
  }
  const held = database;
  return {
    [Symbol.dispose]() {
      if (held.isOpen) held.close();
    },
  };
}
