import type { DatabaseSync } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { explainSqlite, patiently } from "./sqlite-errors.ts";

/** Kysely on Node's own SQLite: no native add-on to build or download. Errors name `file`. */
export function sqliteDialect(database: DatabaseSync, file: string): Dialect {
  return {
    createDriver: () => createDriver(database, createConnection(database, file)),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** One connection, lent to one caller at a time. */
function createDriver(database: DatabaseSync, connection: DatabaseConnection): Driver {
  let last: Promise<void> = Promise.resolve();
  const giveBack: (() => void)[] = [];
  const run = async (text: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(text));
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      const before = last;
      const turn = Promise.withResolvers<void>();
      last = turn.promise;
      await before;
      giveBack.push(turn.resolve);
      return connection;
    },
    releaseConnection: async () => giveBack.shift()?.(),
    // A deferred transaction that reads first and writes later is refused at once when another process wrote
    // in between; taking the write lock at the start can be waited for.
    beginTransaction: () => run("begin immediate"),
    commitTransaction: () => run("commit"),
    // SQLite has rolled back by itself after a full disk; a second rollback would hide the reason.
    rollbackTransaction: async () => {
      if (database.isTransaction) await run("rollback");
    },
    destroy: async () => {
      if (database.isOpen) database.close();
    },
  };
}

function createConnection(database: DatabaseSync, file: string): DatabaseConnection {
  const runOnce = <Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> => {
    const statement = database.prepare(sql);
    const values = parameters as readonly (string | number | null)[];
    if (statement.columns().length > 0) return { rows: statement.all(...values) as Row[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
  };
  return {
    executeQuery: async (query) => {
      try {
        // Inside a transaction the write lock is held already.
        return database.isTransaction ? runOnce(query) : await patiently(() => runOnce(query));
      } catch (thrown) {
        throw explainSqlite(thrown, file);
      }
    },
    // biome-ignore lint/correctness/useYield: the interface asks for it, and the store reads in pages
    streamQuery: async function* () {
      throw new Error("the store does not stream");
    },
  };
}
