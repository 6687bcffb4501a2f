import type { Doors, SqlSession } from "../../../model/doors.ts";
import { durationMs } from "../../../model/duration.ts";
import { messageOf } from "../../../model/errors.ts";
import { Secret } from "../../../model/secret.ts";
import { quoteIdentifier, quoteLiteral } from "../identifiers.ts";
import type { PostgresOptions } from "../options.ts";
import type { Accounts, Login } from "./accounts.ts";
import { scramVerifier } from "./scram-verifier.ts";

const START_LIMIT_MS = 60_000;
const ASK_AGAIN_MS = 100;

interface Settling {
  readonly accounts: Accounts;
  readonly declared: PostgresOptions;
  readonly port: number;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/** Roles, database, grants and time-outs as declared; done again it changes nothing. */
export async function settle(settling: Settling): Promise<void> {
  const { accounts, port, doors, signal } = settling;
  const { database, owner, superuser } = accounts;
  await untilStarted(settling);
  {
    await using session = await doors.sql.open(addressFor(superuser, port, "postgres"), {
      readOnly: false,
      signal,
    });
    await settleRoles(session, settling);
    const [known] = await session.query("select 1 from pg_database where datname = $1", [database]);
    const name = quoteIdentifier(database);
    if (!known)
      await session.query(`create database ${name} owner ${quoteIdentifier(owner.role)} template template0`);
    await session.query(`revoke all on database ${name} from public`);
    await session.query(
      `grant connect, temporary on database ${name} to ${quoteIdentifier(accounts.application.role)}`,
    );
  }
  await using session = await doors.sql.open(addressFor(superuser, port, database), {
    readOnly: false,
    signal,
  });
  await settleDatabase(session, settling);
}

/** The server takes connections before it has recovered from a crash, and answers 57P03 until then. */
async function untilStarted({ accounts, port, doors, signal }: Settling): Promise<void> {
  const url = addressFor(accounts.superuser, port, "postgres");
  const deadline = doors.clock.monotonicMs() + START_LIMIT_MS;
  for (;;) {
    try {
      await using session = await doors.sql.open(url, { signal });
      await session.query("select 1");
      return;
    } catch (thrown) {
      const isStarting = /57P03|refused the connection|closed the connection/.test(messageOf(thrown));
      if (!isStarting || doors.clock.monotonicMs() > deadline) throw thrown;
      await doors.clock.delay(ASK_AGAIN_MS, signal);
    }
  }
}

async function settleRoles(session: SqlSession, { accounts, declared, doors }: Settling): Promise<void> {
  const { owner, application } = accounts;
  const { timeouts, migration } = declared;
  const least = (text: Parameters<typeof durationMs>[0], most: number) => Math.min(durationMs(text), most);
  const verifier = ({ password }: Login) => quoteLiteral(scramVerifier(password, doors.random.bytes(16)));
  for (const { role } of [owner, application]) {
    const [known] = await session.query("select 1 from pg_roles where rolname = $1", [role]);
    if (!known) await session.query(`create role ${quoteIdentifier(role)}`);
  }
  const plain = "login nosuperuser nocreatedb nocreaterole noreplication";
  const app = quoteIdentifier(application.role);
  await session.query(`
    alter role ${app} ${plain} nobypassrls password ${verifier(application)};
    alter role ${app} set statement_timeout = ${least(timeouts.statement, 15_000)};
    alter role ${app} set lock_timeout = ${least(timeouts.lock, 5_000)};
    alter role ${app} set idle_in_transaction_session_timeout = ${least(timeouts.idleInTransaction, 60_000)}`);
  const own = quoteIdentifier(owner.role);
  await session.query(`
    alter role ${own} ${plain} bypassrls password ${verifier(owner)};
    alter role ${own} set lock_timeout = ${durationMs(migration.lockTimeout)};
    alter role ${own} set idle_in_transaction_session_timeout = ${durationMs(migration.timeout)};
    grant pg_monitor to ${own}`);
}

async function settleDatabase(session: SqlSession, { accounts, declared }: Settling): Promise<void> {
  const owner = quoteIdentifier(accounts.owner.role);
  const app = quoteIdentifier(accounts.application.role);
  await session.query(`
    alter schema public owner to ${owner};
    revoke create on schema public from public;
    grant select on pg_hba_file_rules to ${owner};
    grant execute on function pg_hba_file_rules() to ${owner}`);
  for (const schema of declared.schemas) {
    await session.query(`create schema if not exists ${quoteIdentifier(schema)} authorization ${owner}`);
    // Migrations that know both roles grant what they mean to; more would undo the care they take.
    if (declared.migrationVariable === undefined) await grantData(session, { schema, owner, app });
  }
  const [statistics] = await session.query(
    `select 1 from pg_available_extensions
     where name = 'pg_stat_statements' and current_setting('shared_preload_libraries') ~ 'pg_stat_statements'`,
  );
  if (!statistics) return;
  // A schema of its own: "grant execute on all functions in schema public" must not meet functions of the superuser.
  await session.query("create schema if not exists extensions");
  await session.query("grant usage on schema extensions to public");
  await session.query("create extension if not exists pg_stat_statements schema extensions");
}

/** Only for what is made from now on: a grant that a migration takes back stays taken back. */
async function grantData(
  session: SqlSession,
  { schema, owner, app }: { schema: string; owner: string; app: string },
): Promise<void> {
  const name = quoteIdentifier(schema);
  await session.query(`
    grant usage on schema ${name} to ${app};
    alter default privileges for role ${owner} in schema ${name}
      grant select, insert, update, delete on tables to ${app};
    alter default privileges for role ${owner} in schema ${name} grant usage, select on sequences to ${app}`);
}

export function addressFor({ role, password }: Login, port: number, database: string): Secret {
  const user = encodeURIComponent(role);
  return new Secret(`postgres://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`);
}
