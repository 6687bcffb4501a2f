import type { Client } from "pg";
import type { Sql, SqlSession } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { isLoopbackName } from "./loopback-lookup.ts";
import { outsideFailure, withinTime } from "./outside-failure.ts";
import { redactionOf } from "./redaction.ts";

const CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_STATEMENT_TIMEOUT_MS = 10_000;
/** The server ends a statement by itself; this is for a server that has stopped answering at all. */
const ANSWER_GRACE_MS = 2_000;

export function openSql(): Sql {
  return { open };
}

type OpenOptions = NonNullable<Parameters<Sql["open"]>[1]>;

async function open(address: Secret, options: OpenOptions = {}): Promise<SqlSession> {
  const statementTimeoutMs = options.statementTimeoutMs ?? DEFAULT_STATEMENT_TIMEOUT_MS;
  const { connectionString, host } = withSettings(address, options.readOnly ?? true, statementTimeoutMs);
  const redact = redactionOf(address);
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString });
  // Told again by the next query; without a listener a lost connection would end the process.
  client.on("error", () => undefined);
  const end = (): void => void client.end().catch(() => undefined);
  const limits = { host, signal: options.signal, onGiveUp: end };
  const asked = async <T>(timeoutMs: number, work: Promise<T>): Promise<T> => {
    try {
      return await withinTime({ ...limits, timeoutMs }, work);
    } catch (thrown) {
      throw sqlFailure(thrown, host, redact);
    }
  };
  await asked(CONNECT_TIMEOUT_MS, client.connect()).catch((thrown: unknown) => {
    end();
    throw thrown;
  });
  return {
    query: async <Row extends object>(text: string, params?: readonly unknown[]) => {
      const timeoutMs = statementTimeoutMs === 0 ? 2 ** 31 - 1 : statementTimeoutMs + ANSWER_GRACE_MS;
      const result = await asked(timeoutMs, ask(client, text, params));
      return result as Row[];
    },
    async [Symbol.asyncDispose]() {
      await client.end().catch(() => undefined);
    },
  };
}

/** The rows; those of the last statement when the text holds several. */
async function ask(client: Client, text: string, params: readonly unknown[] | undefined): Promise<unknown[]> {
  const result: unknown = await (params ? client.query(text, [...params]) : client.query(text));
  const last = (Array.isArray(result) ? result.at(-1) : result) as { rows?: unknown[] } | undefined;
  return last?.rows ?? [];
}

/**
 * Settings go with the start-up message, never as `set`: behind a transaction pooler a `set` would stay on a
 * server connection that the application gets next.
 */
function withSettings(
  address: Secret,
  readOnly: boolean,
  statementTimeoutMs: number,
): { connectionString: string; host: string } {
  const url = URL.parse(address.reveal());
  if (!url || (url.protocol !== "postgres:" && url.protocol !== "postgresql:")) {
    throw new OutsideError(
      "the database's address is not one of the form postgres://user:password@host/database",
    );
  }
  const host = url.host || url.searchParams.get("host") || "localhost";
  if (isLoopbackName(url.hostname)) url.hostname = "127.0.0.1";
  const settings = [
    url.searchParams.get("options") ?? "",
    `-c statement_timeout=${statementTimeoutMs}`,
    readOnly ? "-c default_transaction_read_only=on" : "",
  ];
  url.searchParams.set("options", settings.filter((each) => each !== "").join(" "));
  url.searchParams.set("application_name", "gonogo");
  return { connectionString: url.toString(), host };
}

/** SQLSTATE classes that pass by themselves: connection, resources, being shut down, serialization. */
const RETRYABLE_CLASSES = new Set(["08", "53", "57", "40"]);

function sqlFailure(thrown: unknown, host: string, redact: (text: string) => string): OutsideError {
  const failure = thrown as { code?: string; severity?: string; message?: string; hint?: string };
  if (!failure.severity || !failure.code) return outsideFailure(thrown, host, redact);
  const hint = failure.hint ? ` (${failure.hint})` : "";
  return new OutsideError(redact(`${failure.message ?? "failed"}${hint} [SQLSTATE ${failure.code}]`), {
    host,
    retryable: RETRYABLE_CLASSES.has(failure.code.slice(0, 2)),
  });
}
