import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

export type Query = <Row extends pg.QueryResultRow>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;
export type Actor = "customer" | "business" | "admin" | "system";

/** Transactions by who acts: row-level security shows people what is theirs. */
export interface Database {
  as<T>(actor: Actor, person: string, work: (query: Query) => Promise<T>): Promise<T>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const TRIES = 4;
const FIRST_WAIT_MS = 100;

export function openDatabase(options: {
  url: string;
  poolMax: number;
  onIdleError(error: Error): void;
}): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: "vocilia backend",
    max: options.poolMax,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  pool.on("error", options.onIdleError);
  pool.on("connect", (client) => client.on("error", () => undefined));

  /** A server that restarts refuses for a moment: nothing was begun, so it is safe to ask again. */
  async function connect(): Promise<pg.PoolClient> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await pool.connect();
      } catch (thrown) {
        if (attempt === TRIES) throw thrown;
        await delay(FIRST_WAIT_MS * 2 ** attempt);
      }
    }
  }

  return {
    async as(actor, person, work) {
      const client = await connect();
      let broken: Error | undefined;
      try {
        await client.query("begin");
        await client.query("select set_config('app.actor', $1, true), set_config('app.user_id', $2, true)", [
          actor,
          person,
        ]);
        const done = await work(async (text, values) => (await client.query(text, values as unknown[])).rows);
        await client.query("commit");
        return done;
      } catch (thrown) {
        await client.query("rollback").catch((error: Error) => {
          broken = error;
        });
        throw thrown;
      } finally {
        client.release(broken);
      }
    },
    async ping() {
      await pool.query("select 1");
    },
    close: () => pool.end(),
  };
}
