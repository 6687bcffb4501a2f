import pg from "pg";

export type Query = <Row extends pg.QueryResultRow>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

/** Transactions by who acts. Row-level security lets people see what is theirs, the system everything. */
export interface Database {
  asPerson<T>(personId: string, work: (query: Query) => Promise<T>): Promise<T>;
  asSystem<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  /** Calls `hear` with every payload of a channel; comes back after a lost connection. */
  listen(channel: string, hear: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
}

const RETURN_MS = 1_000;

export function openDatabase(options: {
  url: string;
  poolMax: number;
  name: string;
  onIdleError(error: Error): void;
}): Database {
  const { url: connectionString, name, onIdleError } = options;
  const pool = new pg.Pool({
    connectionString,
    application_name: `snuggles ${name}`,
    max: options.poolMax,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  pool.on("error", onIdleError);
  // One that is still closing when the pool has let go of it would otherwise end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  let listener: pg.Client | undefined;
  let closed = false;

  async function transaction<T>(
    actor: string,
    person: string,
    work: (query: Query) => Promise<T>,
  ): Promise<T> {
    const client = await pool.connect();
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
  }

  async function listen(channel: string, hear: (payload: string) => void): Promise<void> {
    const client = new pg.Client({ connectionString, application_name: `snuggles ${name} live` });
    const comeBack = (): void => {
      if (listener !== client || closed) return;
      listener = undefined;
      setTimeout(() => void listen(channel, hear).catch(onIdleError), RETURN_MS).unref();
    };
    client.on("error", onIdleError).on("end", comeBack);
    client.on("notification", ({ payload }) => hear(payload ?? ""));
    listener = client;
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
    } catch (thrown) {
      comeBack();
      throw thrown;
    }
  }

  return {
    asPerson: (person, work) => transaction("person", person, work),
    asSystem: (work) => transaction("system", "", work),
    async ping() {
      await pool.query("select 1");
    },
    listen,
    async close() {
      closed = true;
      await listener?.end();
      await pool.end();
    },
  };
}
