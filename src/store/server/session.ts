import type { SqlConnection, SqlPool } from "../../system/sql-pool.ts";
import { explainPostgres, type ServerPlace } from "../postgres-errors.ts";

/** Statements on the store's server, each on a connection of its own unless they are to be one transaction. */
export interface ServerSession {
  rows<Row extends object>(text: string, params?: readonly unknown[]): Promise<Row[]>;
  /** All of it or nothing. It does not wait for the store's other transactions. */
  transaction<T>(work: (ask: Ask) => Promise<T>): Promise<T>;
  /** For what lasts as long as a connection does. Whoever asked for it releases it. */
  connection(): Promise<SqlConnection>;
}

export type Ask = <Row extends object>(text: string, params?: readonly unknown[]) => Promise<Row[]>;

export function createSession(pool: SqlPool, server: ServerPlace): ServerSession {
  async function explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      throw explainPostgres(thrown, server);
    }
  }

  async function withConnection<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return await explained(async () => {
      const connection = await pool.connect();
      try {
        return await work(connection);
      } finally {
        connection.release();
      }
    });
  }

  return {
    rows: <Row extends object>(text: string, params?: readonly unknown[]) =>
      withConnection(async (connection) => (await connection.query<Row>(text, params)).rows),
    transaction: (work) =>
      withConnection(async (connection) => {
        await connection.query("begin");
        try {
          const result = await work(
            async <Row extends object>(text: string, params?: readonly unknown[]) =>
              (await connection.query<Row>(text, params)).rows,
          );
          await connection.query("commit");
          return result;
        } catch (thrown) {
          // A connection that is gone has rolled back by itself; a second complaint would hide the reason.
          await connection.query("rollback").catch(() => undefined);
          throw thrown;
        }
      }),
    connection: () => explained(() => pool.connect()),
  };
}
