import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { SqlConnection, SqlPool } from "../system/sql-pool.ts";
import { explainPostgres, type ServerPlace } from "./postgres-errors.ts";

interface Lent extends DatabaseConnection {
  readonly connection: SqlConnection;
}

/**
 * Kysely on a Postgres. Transactions of one store come one after the other, as SQLite's do: each takes the store's
 * own advisory lock first. So the next number, the end of a chain and a message's key are right by the same code.
 */
export function postgresDialect(pool: SqlPool, server: ServerPlace): Dialect {
  return {
    createDriver: () => createDriver(pool, server),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

/** The first of two keys: what Gonogo locks in a database. The second is a hash of the store's schema. */
export const LOCKS = { write: 7_676_001, watch: 7_676_002, parts: 7_676_003 } as const;

function createDriver(pool: SqlPool, server: ServerPlace): Driver {
  const explained = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (thrown) {
      throw explainPostgres(thrown, server);
    }
  };
  const run = async (lent: DatabaseConnection, text: string, params: readonly unknown[] = []) => {
    await explained((lent as Lent).connection.query(text, params));
  };
  return {
    init: async () => undefined,
    acquireConnection: async (): Promise<Lent> => {
      const connection = await explained(pool.connect());
      return {
        connection,
        executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
          const { rows, affected } = await explained(connection.query<object>(sql, parameters));
          return { rows: rows as Row[], numAffectedRows: BigInt(affected) };
        },
        // biome-ignore lint/correctness/useYield: the interface asks for it, and the store reads in pages
        streamQuery: async function* () {
          throw new Error("the store does not stream");
        },
      };
    },
    releaseConnection: async (lent) => (lent as Lent).connection.release(),
    async beginTransaction(lent, { isolationLevel }) {
      // Only somebody who copies asks for more than the usual: who reads one moment keeps nobody waiting.
      if (isolationLevel) return await run(lent, `begin isolation level ${isolationLevel}`);
      await run(lent, "begin");
      try {
        await run(lent, "select pg_advisory_xact_lock($1, hashtext($2))", [LOCKS.write, server.schema]);
      } catch (thrown) {
        await run(lent, "rollback").catch(() => undefined);
        throw thrown;
      }
    },
    commitTransaction: (lent) => run(lent, "commit"),
    // A connection that is gone has rolled back by itself; a second complaint would hide the reason.
    rollbackTransaction: (lent) => run(lent, "rollback").catch(() => undefined),
    destroy: () => pool.end(),
  };
}
