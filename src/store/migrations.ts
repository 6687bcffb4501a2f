import { type Kysely, sql, type Transaction } from "kysely";
import { UserError } from "../model/errors.ts";
import type { SignOff, Waiver } from "../model/sign-off.ts";
import { ALERT_TABLES } from "./alert-tables.ts";
import { API_KEY_TABLES } from "./api-key-store.ts";
import { appendOnly, type StoreKind } from "./append-only.ts";
import { DRILL_TABLES } from "./drill-store.ts";
import { CHAIN_START } from "./evidence-chain.ts";
import { HEARTBEAT_TABLES } from "./heartbeat-store.ts";
import { appendAnswer, PEOPLE_HEAD, PERSON_ANSWER_TABLE } from "./people-store.ts";
import { SERVER_TABLES } from "./server/server-tables.ts";
import { WATCHER_SEEN } from "./server/watch-lock-row.ts";
import { STOP_TABLE } from "./stop-store.ts";
import type { Tables } from "./tables.ts";

type Migration = (db: Transaction<Tables>, kind: StoreKind) => Promise<void>;

/** In order; the store's version is how many of them ran. One that was published is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  drillTables,
  chainedPeople,
  alertTables,
  apiKeyTables,
  heartbeatTables,
  serverTables,
  stopTable,
  seenWatchers,
];

/**
 * Brings the store to this Gonogo's schema, each step whole or not at all, one process at a time: both databases'
 * transactions here wait for each other. `where` is told of a store that is newer, which is a UserError.
 */
export async function migrate(db: Kysely<Tables>, where: string, kind: StoreKind): Promise<void> {
  if (kind === "sqlite") await createMeta(db);
  if ((await versionOf(db, where)) === MIGRATIONS.length) return;
  await db.transaction().execute(async (transaction) => {
    // Asked again under the write lock: another process may have migrated meanwhile.
    for (const migration of MIGRATIONS.slice(await versionOf(transaction, where)))
      await migration(transaction, kind);
    await transaction
      .insertInto("meta")
      .values({ key: "schema", value: String(MIGRATIONS.length) })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: String(MIGRATIONS.length) }))
      .execute();
  });
}

async function createMeta(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("meta")
    .ifNotExists()
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
}

async function versionOf(db: Kysely<Tables>, where: string): Promise<number> {
  const row = await db.selectFrom("meta").select("value").where("key", "=", "schema").executeTakeFirst();
  const version = Number(row?.value ?? 0);
  if (version <= MIGRATIONS.length) return version;
  throw new UserError(
    `the store was written by a newer Gonogo (schema ${version}, this one knows ${MIGRATIONS.length})`,
    { where, fix: "upgrade gonogo: npm install gonogo@latest" },
  );
}

async function firstTables(db: Transaction<Tables>, kind: StoreKind): Promise<void> {
  for (const statement of FIRST_TABLES) await sql.raw(statement).execute(db);
  for (const table of ["evidence", "deploy_step", "sign_off", "waiver"]) {
    for (const statement of appendOnly(table, kind)) await sql.raw(statement).execute(db);
  }
}

async function apiKeyTables(db: Transaction<Tables>): Promise<void> {
  for (const statement of API_KEY_TABLES) await sql.raw(statement).execute(db);
}

async function heartbeatTables(db: Transaction<Tables>): Promise<void> {
  for (const statement of HEARTBEAT_TABLES) await sql.raw(statement).execute(db);
}

/** In a store in a file nobody shares anything, and readings lie in files beside it. */
async function serverTables(db: Transaction<Tables>, kind: StoreKind): Promise<void> {
  if (kind === "sqlite") return;
  for (const statement of SERVER_TABLES) await sql.raw(statement).execute(db);
}

async function stopTable(db: Transaction<Tables>): Promise<void> {
  await sql.raw(STOP_TABLE).execute(db);
}

async function seenWatchers(db: Transaction<Tables>, kind: StoreKind): Promise<void> {
  if (kind === "postgres") await sql.raw(WATCHER_SEEN).execute(db);
}

async function drillTables(db: Transaction<Tables>): Promise<void> {
  for (const statement of DRILL_TABLES) await sql.raw(statement).execute(db);
}

/** People's answers move from two tables into one chain. */
async function chainedPeople(db: Transaction<Tables>, kind: StoreKind): Promise<void> {
  await sql.raw(PERSON_ANSWER_TABLE).execute(db);
  for (const statement of appendOnly("person_answer", kind)) await sql.raw(statement).execute(db);
  await sql`insert into evidence_head (id, rows, hash) values (${PEOPLE_HEAD}, 0, ${CHAIN_START})`.execute(
    db,
  );
  const signOffs = await sql<SignOff & { signed_by: string }>`select * from sign_off order by at`.execute(db);
  for (const { signed_by, ...rest } of signOffs.rows) {
    await appendAnswer(db, "sign-off", { ...rest, by: signed_by });
  }
  const waivers = await sql<Waiver & { waived_by: string }>`select * from waiver order by at`.execute(db);
  for (const { waived_by, ...rest } of waivers.rows) {
    await appendAnswer(db, "waiver", { ...rest, by: waived_by });
  }
  await sql`drop table sign_off`.execute(db);
  await sql`drop table waiver`.execute(db);
}

async function alertTables(db: Transaction<Tables>, kind: StoreKind): Promise<void> {
  for (const statement of ALERT_TABLES) await sql.raw(statement).execute(db);
  for (const statement of appendOnly("incident_event", kind)) await sql.raw(statement).execute(db);
}

/** Only what SQLite and Postgres both read. */
const FIRST_TABLES: readonly string[] = [
  `create table evidence (
    seq bigint primary key,
    environment text not null,
    component text not null,
    check_id text not null,
    outcome_json text not null,
    observed_at bigint not null,
    fresh_until bigint not null,
    release text,
    configuration text not null,
    facts_json text not null,
    hash text not null
  )`,
  `create index evidence_by_check on evidence (environment, check_id, component, seq)`,
  `create table evidence_head (id integer primary key, rows bigint not null, hash text not null)`,
  `insert into evidence_head (id, rows, hash) values (1, 0, '${CHAIN_START}')`,
  `create table evidence_latest (
    environment text not null,
    component text not null,
    check_id text not null,
    release text not null,
    seq bigint not null,
    primary key (environment, component, check_id, release)
  )`,
  `create table release (
    environment text not null,
    number integer not null,
    commit_id text not null,
    created_at bigint not null,
    created_by text not null,
    variables_json text not null,
    configuration text not null,
    migrations_json text not null,
    backup text,
    state text not null,
    primary key (environment, number)
  )`,
  `create table deploy (
    environment text not null,
    number integer not null,
    kind text not null,
    release text not null,
    from_release text,
    started_by text not null,
    started_at bigint not null,
    finished_at bigint,
    state text not null,
    reason text,
    primary key (environment, number)
  )`,
  `create table deploy_step (
    environment text not null,
    deploy integer not null,
    position integer not null,
    step text not null,
    state text not null,
    at bigint not null,
    detail_json text not null,
    primary key (environment, deploy, position)
  )`,
  `create table sign_off (
    environment text not null,
    item text not null,
    signed_by text not null,
    at bigint not null,
    until bigint not null,
    evidence text not null
  )`,
  `create table waiver (
    environment text not null,
    finding text not null,
    waived_by text not null,
    at bigint not null,
    until bigint not null,
    reason text not null
  )`,
];
