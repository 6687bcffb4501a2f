import type { DatabaseSync } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { explainSqlite } from "./sqlite-errors.ts";

/** Kysely on Node's own SQLite: no native add-on to build or download. Errors name `file`. */
export function sqliteDialect(database: DatabaseSync, file: string): Dialect {
  return {
    createDriver: () => new ImmediateDriver(database, file),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, file: string) {
    super({ database: asKyselyExpects(database, file) });
    this.#database = database;
  }

  // A deferred transaction that reads first and writes later is refused at once when another process wrote
  // in between; taking the write lock at the start waits for the busy time-out instead.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  // SQLite has rolled back by itself after a full disk; a second rollback would hide the reason.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

function asKyselyExpects(database: DatabaseSync, file: string): SqliteDatabase {
  const explained = <T>(run: () => T): T => {
    try {
      return run();
    } catch (thrown) {
      throw explainSqlite(thrown, file);
    }
  };
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = explained(() => database.prepare(text));
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => explained(() => statement.all(...(parameters as string[]))),
        run: (parameters) => explained(() => statement.run(...(parameters as string[]))),
        iterate: (parameters) => statement.iterate(...(parameters as string[])),
      };
    },
  };
}

/** Statements after which rows of the table can be added and never changed or removed. */
export function appendOnly(table: string): string[] {
  return ["update", "delete"].map(
    (verb) =>
      `create trigger ${table}_no_${verb} before ${verb} on ${table} ` +
      `begin select raise(abort, '${table} is append-only'); end`,
  );
}
