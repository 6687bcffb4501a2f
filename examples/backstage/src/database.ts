import pg from "pg";

export type Query = <Row extends pg.QueryResultRow>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

/** Transactions by who acts. Row-level security lets a person see their own rows, the system all of them. */
export interface Database {
  asPerson<T>(personId: string, work: (query: Query) => Promise<T>): Promise<T>;
  asSystem<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function openDatabase(options: {
  url: string;
  poolMax: number;
  name: string;
  onIdleError(error: Error): void;
}): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: `backstage ${options.name}`,
    max: options.poolMax,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  pool.on("error", options.onIdleError);
  // One that is still closing when the pool has let go of it would otherwise end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));

  async function transaction<T>(
    actor: string,
    personId: string,
    work: (query: Query) => Promise<T>,
  ): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query("begin");
      await client.query("select set_config('app.actor', $1, true), set_config('app.user_id', $2, true)", [
        actor,
        personId,
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
  }

  return {
    asPerson: (personId, work) => transaction("person", personId, work),
    asSystem: (work) => transaction("system", "", work),
    async ping() {
      await pool.query("select 1");
    },
    close: () => pool.end(),
  };
}
