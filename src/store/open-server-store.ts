import { Kysely, type Transaction } from "kysely";
import type { Clock, Random } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { openSqlPool, type SqlPool } from "../system/sql-pool.ts";
import { copyRows } from "./copy-rows.ts";
import { selectKnown } from "./known-rows.ts";
import { migrate } from "./migrations.ts";
import { LOCKS, postgresDialect } from "./postgres-dialect.ts";
import type { ServerPlace } from "./postgres-errors.ts";
import { takeHanded } from "./server/handed-readings.ts";
import { selectLastAsked } from "./server/reading-rows.ts";
import { openServerMeasurements } from "./server/server-measurements.ts";
import { createSession, type ServerSession } from "./server/session.ts";
import { openLeaseBook } from "./server/task-lease-book.ts";
import { currentWatcherRow, lockWatchRow } from "./server/watch-lock-row.ts";
import type { Store } from "./store.ts";
import { openStoreFile } from "./store-file.ts";
import { createGroups } from "./store-groups.ts";
import type { StoreServer } from "./store-server.ts";
import type { Tables } from "./tables.ts";
import { takeIn } from "./take-in.ts";

export interface ServerStoreRequest {
  readonly address: Secret;
  /** Where the address stands, for people: "GONOGO_STORE". */
  readonly variable: string;
  /** Name of the launch: each has a schema of its own. */
  readonly launch: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** Connections of one process; a transaction of the store never needs a second one. */
const MOST_CONNECTIONS = 6;

const SETTINGS = {
  lock_timeout: "10s",
  statement_timeout: "60s",
  // A process that stands still in the middle of a change must not keep all the others waiting.
  idle_in_transaction_session_timeout: "30s",
  // A machine that is gone says no goodbye: within half a minute the server knows, and lets go of its locks.
  tcp_keepalives_idle: "10",
  tcp_keepalives_interval: "5",
  tcp_keepalives_count: "3",
} as const;

/**
 * Opens the store of a launch in a Postgres, in a schema of its own, making it when there is none. Any number of
 * processes and machines may have it open. Throws UserError naming the server and what mends it.
 */
export async function openServerStore(request: ServerStoreRequest): Promise<Store> {
  const { address, variable, launch, clock, random } = request;
  const schema = schemaOf(launch);
  const settings = { ...SETTINGS, search_path: schema };
  const pool = await openSqlPool(address, { settings, most: MOST_CONNECTIONS, variable });
  const server: ServerPlace = { place: pool.place, variable, schema };
  const session = createSession(pool, server);
  const db = new Kysely<Tables>({ dialect: postgresDialect(pool, server) });
  try {
    await makeSchema(session, schema);
    await migrate(db, pool.place, "postgres");
    return {
      ...(await createGroups(db, { clock, random })),
      server: serverOf({ db, session, pool, schema, clock, random }),
      copyTo: (file) => copyInto(db, file),
      [Symbol.asyncDispose]: () => db.destroy(),
    };
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
}

/** "gonogo_soul_seer": what needs no quotes in a search path, within Postgres's 63 bytes. */
function schemaOf(launch: string): string {
  return `gonogo_${launch.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_")}`.slice(0, 63);
}

async function makeSchema(session: ServerSession, schema: string): Promise<void> {
  const isThere = async (ask: ServerSession["rows"]): Promise<boolean> =>
    (
      await ask("select 1 from information_schema.tables where table_schema = $1 and table_name = 'meta'", [
        schema,
      ])
    ).length > 0;
  if (await isThere(session.rows)) return;
  await session.transaction(async (ask) => {
    await ask("select pg_advisory_xact_lock($1, hashtext($2))", [LOCKS.write, schema]);
    const [known] = await ask("select 1 from pg_namespace where nspname = $1", [schema]);
    if (!known) await ask(`create schema ${schema}`);
    await ask(`create table if not exists ${schema}.meta (key text primary key, value text not null)`);
  });
}

function serverOf(given: {
  readonly db: Kysely<Tables>;
  readonly session: ServerSession;
  readonly pool: SqlPool;
  readonly schema: string;
  readonly clock: Clock;
  readonly random: Random;
}): StoreServer {
  const { db, session, pool, schema, clock, random } = given;
  return {
    place: `${pool.place}, schema ${schema}`,
    lockWatch: (environment, me, lease) => lockWatchRow({ session, schema, environment }, me, clock, lease),
    currentWatcher: (environment) => currentWatcherRow({ session, schema, environment }),
    openMeasurements: (environment, { writes, hands = false }) =>
      openServerMeasurements({ session, schema, environment, clock, writes, hands }),
    fillFrom: (file) => fillFrom(db, file, pool.place),
    known: (environment) => selectKnown(db, environment),
    takeIn: (environment, file) => takeIn(db, { environment, file }),
    lastAsked: (environment, monitors) => selectLastAsked(session.rows, { environment, monitors }),
    leases: (environment) => openLeaseBook(session, { environment, random }),
    takeHanded: (environment) => takeHanded(session.rows, environment),
  };
}

async function fillFrom(db: Kysely<Tables>, file: string, place: string): Promise<void> {
  const source = await openStoreFile(file);
  try {
    await source.transaction().execute((from) =>
      db.transaction().execute(async (to) => {
        await refuseFilled(to, place);
        await copyRows(from, to);
      }),
    );
  } finally {
    await source.destroy();
  }
}

async function refuseFilled(db: Transaction<Tables>, place: string): Promise<void> {
  const { rows } = await db
    .selectFrom("evidence_head")
    .select((column) => column.fn.sum<number>("rows").as("rows"))
    .executeTakeFirstOrThrow();
  const deploy = await db.selectFrom("deploy").select("number").executeTakeFirst();
  if (rows === 0 && !deploy) return;
  throw new UserError("there is a store of this launch already, with a history of its own", {
    where: place,
    fix: "two histories cannot become one: use that store, or move into another database",
  });
}

/** As a store in a file: what is backed up can be opened without any server. */
async function copyInto(db: Kysely<Tables>, file: string): Promise<{ evidenceRows: number }> {
  const copy = await openStoreFile(file);
  try {
    await db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute((from: Transaction<Tables>) => copy.transaction().execute((to) => copyRows(from, to)));
    const head = await copy.selectFrom("evidence_head").select("rows").where("id", "=", 1).executeTakeFirst();
    return { evidenceRows: head?.rows ?? 0 };
  } finally {
    await copy.destroy();
  }
}
