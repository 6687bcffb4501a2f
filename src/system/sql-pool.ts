import type { Pool, PoolClient } from "pg";
import { messageOf, UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { isLoopbackName } from "./loopback-lookup.ts";
import { redactionOf } from "./redaction.ts";

/** Connections to one Postgres, opened as they are needed and kept. Whole numbers come back as numbers. */
export interface SqlPool {
  /** "db.example:5432/team": no user, no password. */
  readonly place: string;
  connect(): Promise<SqlConnection>;
  /** Waits for the connections that are lent. */
  end(): Promise<void>;
}

export interface SqlConnection {
  query<Row extends object>(
    text: string,
    params?: readonly unknown[],
  ): Promise<{ readonly rows: Row[]; readonly affected: number }>;
  /** Called once, when the connection ends without having been asked to. */
  onLost(listener: () => void): void;
  /** Gives it back; `broken` closes it. */
  release(broken?: boolean): void;
}

/** What the server, or the way to it, said. Its message holds no credentials. */
export class SqlFailure extends Error {
  /** SQLSTATE ("42501") when the server said it, else the system's code ("ECONNREFUSED"). */
  readonly code: string | undefined;
  constructor(message: string, code: string | undefined) {
    super(message);
    this.name = "SqlFailure";
    this.code = code;
  }
}

export interface SqlPoolOptions {
  /** Server settings of every connection, sent with its start: { search_path: "gonogo_shop" }. */
  readonly settings: Readonly<Record<string, string>>;
  readonly most: number;
  /** Where the address stands, for people: "GONOGO_STORE_URL". */
  readonly variable: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** Well before a proxy between would cut a connection that nobody uses. */
const IDLE_MS = 60_000;
const INT8 = 20;
const NUMERIC = 1_700;

/** Nothing is connected to yet. Throws UserError when the address is none of a Postgres. */
export async function openSqlPool(address: Secret, options: SqlPoolOptions): Promise<SqlPool> {
  const { connectionString, place } = withSettings(address, options);
  const redact = redactionOf(address);
  const { default: pg } = await import("pg");
  const pool: Pool = new pg.Pool({
    connectionString,
    max: options.most,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as "text"),
    },
  });
  // Told again by whoever asks next; without a listener a lost connection would end the process.
  pool.on("error", () => undefined);
  return {
    place,
    connect: async () => {
      try {
        return connectionOf(await pool.connect(), redact);
      } catch (thrown) {
        throw failure(thrown, redact);
      }
    },
    end: () => pool.end(),
  };
}

function connectionOf(client: PoolClient, redact: (text: string) => string): SqlConnection {
  const listeners: (() => void)[] = [];
  let isLost = false;
  const lost = (): void => {
    if (isLost) return;
    isLost = true;
    for (const listener of listeners) listener();
  };
  client.on("error", lost);
  client.on("end", lost);
  return {
    async query<Row extends object>(text: string, params: readonly unknown[] = []) {
      try {
        const { rows, rowCount } = await client.query<Row>(text, params.map(storable));
        return { rows, affected: rowCount ?? 0 };
      } catch (thrown) {
        throw failure(thrown, redact);
      }
    },
    onLost: (listener) => void listeners.push(listener),
    release(broken = false) {
      client.off("error", lost);
      client.off("end", lost);
      client.release(broken || isLost);
    },
  };
}

/** Postgres keeps no NUL in a text: whoever answered a probe with one must not keep the answer from being stored. */
function storable(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}

function failure(thrown: unknown, redact: (text: string) => string): SqlFailure {
  const first = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  const code = (first as { code?: unknown } | undefined)?.code;
  // The cause is left out on purpose: libraries put addresses with passwords into it.
  return new SqlFailure(redact(messageOf(thrown)), typeof code === "string" ? code : undefined);
}

/** Settings go with the start-up message: they hold from the first statement, also after a reconnect. */
function withSettings(
  address: Secret,
  { settings, variable }: SqlPoolOptions,
): { connectionString: string; place: string } {
  const url = URL.parse(address.reveal());
  if (!url || (url.protocol !== "postgres:" && url.protocol !== "postgresql:")) {
    throw new UserError(`${variable} is no address of a Postgres`, {
      where: variable,
      fix: `${variable}=postgres://user:password@host:5432/database`,
    });
  }
  const place = `${url.host || url.searchParams.get("host") || "localhost"}${url.pathname}`;
  if (isLoopbackName(url.hostname)) url.hostname = "127.0.0.1";
  const own = Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replaceAll(" ", "\\ ")}`);
  url.searchParams.set("options", [url.searchParams.get("options") ?? "", ...own].join(" ").trim());
  url.searchParams.set("application_name", "gonogo");
  return { connectionString: url.toString(), place };
}
