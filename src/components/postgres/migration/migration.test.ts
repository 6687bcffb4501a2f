import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../../../test/fixtures/leash.ts";
import { startPostgres, type TestDatabase, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { Secret } from "../../../model/secret.ts";
import { openDoors } from "../../../system/doors.ts";
import { postgresOptions } from "../options.ts";
import { migrationApplied, migrationSafe } from "./checks.ts";
import { pendingMigrations } from "./pending.ts";

let server: TestPostgres;
let directory: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gonogo-test-migrations-"));
  return () => rmSync(directory, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, dirname(name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

let count = 0;
async function databaseWith(sql: string): Promise<TestDatabase & { run(text: string): Promise<void> }> {
  count += 1;
  const db = await server.database(`migrations_${count}`);
  const run = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: db.url.reveal() });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  await run(sql);
  return { ...db, run };
}

async function pendingOf(db: TestDatabase, migrations?: string) {
  await using doors = openDoors();
  return pendingMigrations(postgresOptions.parse({ migrations }))({
    directory,
    variables: new Map([["DATABASE_URL", db.url]]),
    doors,
    signal: new AbortController().signal,
  });
}

describe("what is applied and what is pending", () => {
  const three = { "001_a.sql": "", "002_b.sql": "", "003_c.sql": "" };
  const inFolder = (folder: string, files: Record<string, string> = three) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

  it.each<[string, Record<string, string>, string]>([
    [
      "a table of names",
      inFolder("migrations", { ...three, "grants.sql": "", "README.md": "" }),
      "create table schema_migrations (name text primary key); insert into schema_migrations values ('001_a.sql'), ('002_b.sql')",
    ],
    [
      "names without extension",
      inFolder("db/migrations"),
      "create table schema_migrations (filename text); insert into schema_migrations values ('001_a'), ('002_b')",
    ],
    [
      "versions only (dbmate, Rails)",
      inFolder("db/migrate"),
      "create table schema_migrations (version text); insert into schema_migrations values ('001'), ('002')",
    ],
    [
      "golang-migrate's one number",
      inFolder("migrations", {
        "000001_a.up.sql": "",
        "000001_a.down.sql": "",
        "000002_b.up.sql": "",
        "000003_c.up.sql": "",
      }),
      "create table schema_migrations (version bigint, dirty boolean); insert into schema_migrations values (2, false)",
    ],
    [
      "Prisma",
      {
        "prisma/migrations/001_a/migration.sql": "",
        "prisma/migrations/002_b/migration.sql": "",
        "prisma/migrations/003_c/migration.sql": "",
        "prisma/migrations/migration_lock.toml": "",
      },
      `create table _prisma_migrations (migration_name text, finished_at timestamptz, rolled_back_at timestamptz);
       insert into _prisma_migrations values ('001_a', now(), null), ('002_b', now(), null), ('003_c', null, now())`,
    ],
    [
      "Drizzle",
      {
        "drizzle/meta/_journal.json": JSON.stringify({
          entries: [1, 2, 3].map((each) => ({ tag: `00${each}_x`, when: 1_700_000_000_000 + each })),
        }),
      },
      `create schema drizzle; create table drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);
       insert into drizzle.__drizzle_migrations (created_at) values (1700000000001), (1700000000002)`,
    ],
    [
      "Supabase, beside the provider's own tables of that name",
      inFolder("supabase/migrations"),
      `create schema auth; create table auth.schema_migrations (version text); insert into auth.schema_migrations values ('20240101');
       create schema supabase_migrations; create table supabase_migrations.schema_migrations (version text, name text);
       insert into supabase_migrations.schema_migrations values ('001', '001_a.sql'), ('002', '002_b.sql')`,
    ],
    [
      "Knex, in programs",
      inFolder("migrations", {
        "001_a.ts": "",
        "002_b.ts": "",
        "003_c.ts": "",
        "003_c.test.ts": "",
        "index.ts": "",
      }),
      "create table knex_migrations (id serial, name text); insert into knex_migrations (name) values ('001_a.js'), ('002_b.js')",
    ],
    [
      "TypeORM",
      inFolder("src/migrations", { "1700001-A.ts": "", "1700002-B.ts": "", "1700003-C.ts": "" }),
      "create table migrations (id serial, \"timestamp\" bigint, name text); insert into migrations (\"timestamp\", name) values (1700001, 'A1700001'), (1700002, 'B1700002')",
    ],
    [
      "Flyway",
      inFolder("migrations", {
        "V1__a.sql": "",
        "V1_2__b.sql": "",
        "V2__c.sql": "",
        "U1__a.sql": "",
        "R__views.sql": "",
      }),
      "create table flyway_schema_history (version text, success boolean); insert into flyway_schema_history values ('1', true), ('1.2', true), (null, true)",
    ],
  ])("%s", async (_, files, sql) => {
    write(files);
    const { applied, pending } = await pendingOf(await databaseWith(sql));
    expect([applied.length, pending.length]).toEqual([2, 1]);
  });

  it("is all pending on an empty database, in the order of the folder", async () => {
    write(inFolder("sql", { "010_c.sql": "", "002_b.sql": "", "001_a.sql": "" }));
    expect(await pendingOf(await databaseWith("select 1"), "sql")).toEqual({
      applied: [],
      pending: ["001_a.sql", "002_b.sql", "010_c.sql"],
    });
  });

  it("is asked of the owner where there is one", async () => {
    write(inFolder("migrations"));
    const db = await databaseWith(
      "create table schema_migrations (name text); insert into schema_migrations values ('001_a.sql')",
    );
    await using doors = openDoors();
    const { applied } = await pendingMigrations(postgresOptions.parse({ migrationVariable: "OWNER_URL" }))({
      directory,
      variables: new Map([
        ["DATABASE_URL", server.url],
        ["OWNER_URL", db.url],
      ]),
      doors,
      signal: new AbortController().signal,
    });
    expect(applied).toEqual(["001_a.sql"]);
  });

  it("cannot be told without a folder, and says what to declare", async () => {
    await expect(pendingOf(server)).rejects.toThrow(/no migrations were found in prisma\/migrations/);
    await expect(pendingOf(server, "nowhere")).rejects.toThrow(/no migrations were found in nowhere/);
  });
});

describe("postgres.migration.applied", () => {
  const TABLE = "create table schema_migrations (version bigint primary key, dirty boolean default false)";
  const declared = { migrate: "npm run migrate", migrations: "m" };

  it("passes, fails on pending ones, warns when the database is ahead", async () => {
    write({ "m/1_a.sql": "", "m/2_b.sql": "" });
    const db = await databaseWith("create table schema_migrations (name text primary key)");
    const situation = { url: db.url, directory, options: declared };
    await db.run("insert into schema_migrations values ('1_a.sql')");
    expect(await askOne(situation, migrationApplied)).toMatchObject({
      status: "fail",
      findings: ["2_b.sql"],
      fix: expect.stringContaining("npm run migrate"),
      measured: { applied: 1, pending: 1 },
    });
    await db.run("insert into schema_migrations values ('2_b.sql')");
    expect(await askOne(situation, migrationApplied)).toMatchObject({ status: "pass" });
    await db.run("insert into schema_migrations values ('3_c.sql')");
    expect(await askOne(situation, migrationApplied)).toMatchObject({
      status: "warn",
      findings: ["3_c.sql"],
    });
  });

  it("fails in other words on one that broke off", async () => {
    write({ "m/1_a.up.sql": "", "m/2_b.up.sql": "" });
    const db = await databaseWith(`${TABLE}; insert into schema_migrations values (2, true)`);
    expect(await askOne({ url: db.url, directory, options: declared }, migrationApplied)).toMatchObject({
      status: "fail",
      summary: "a migration broke off half-way",
      findings: ["2"],
      measured: { applied: 1, pending: 1 },
    });
  });

  it("reads the table as the owner where the application may not", async () => {
    write({ "m/1_a.sql": "" });
    const { default: client } = await import("pg");
    const admin = new client.Client({ connectionString: server.adminUrl.reveal() });
    await admin.connect();
    await admin.query(
      "create table schema_migrations (name text); insert into schema_migrations values ('1_a.sql')",
    );
    const app = { url: server.url, directory, options: declared };
    expect(await askOne(app, migrationApplied)).toMatchObject({
      status: "unknown",
      reason: "schema_migrations may not be read by this role",
    });
    expect(await askOne({ ...app, ownerUrl: server.adminUrl }, migrationApplied)).toMatchObject({
      status: "pass",
    });
    await admin.query("drop table schema_migrations");
    await admin.end();
  });

  it("is not applicable undeclared, unknown without folder or server", async () => {
    expect(await askOne({ url: server.url, directory }, migrationApplied)).toMatchObject({
      status: "not applicable",
    });
    expect(await askOne({ url: server.url, directory, options: declared }, migrationApplied)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("no migrations were found in m"),
    });
    write({ "m/1_a.sql": "" });
    const url = new Secret(`postgres://app:x@127.0.0.1:${await freePort()}/app`);
    expect(await askOne({ url, directory, options: declared }, migrationApplied)).toMatchObject({
      status: "unknown",
      cause: "postgres.connection",
    });
  });
});

describe("postgres.migration.safe", () => {
  it("judges pending SQL by the tables as they are", async () => {
    const db = await databaseWith(`
      create table schema_migrations (name text primary key); insert into schema_migrations values ('1_a.sql');
      create table visit (id int primary key, at timestamptz, note text); insert into visit select generate_series(1, 500);
      analyze visit`);
    const options = { migrate: "npm run migrate", migrations: "m", migration: { smallTableRows: 100 } };
    const ask = () => askOne({ url: db.url, directory, options }, migrationSafe);
    write({ "m/1_a.sql": "create index on visit (note)" });
    expect(await ask()).toMatchObject({ status: "not applicable" });
    write({ "m/2_b.sql": "-- by day\ncreate index on visit (at);" });
    expect(await ask()).toMatchObject({
      status: "fail",
      found:
        "2_b.sql:2 require-concurrent-index-creation (visit, about 500 rows): keeps out every write until the index is built",
      fix: "2_b.sql:2: CREATE INDEX CONCURRENTLY ON visit (at); (outside a transaction)",
      findings: ["2_b.sql:2 require-concurrent-index-creation"],
    });
    write({ "m/2_b.sql": "create index concurrently on visit (at);" });
    expect(await ask()).toMatchObject({ status: "pass", measured: { pending: 1, hazards: 0 } });
    write({ "m/2_b.sql": "alter table visit drop column note;" });
    expect(await ask()).toMatchObject({ status: "warn", findings: ["2_b.sql:1 ban-drop-column"] });
    write({ "m/2_b.sql": "create table other (id int primary key)", "m/3_c.js": "" });
    expect(await ask()).toMatchObject({
      status: "warn",
      found: "3_c.js: a program, whose SQL cannot be read beforehand",
      findings: ["3_c.js"],
    });
  });

  it("lets programs go out: nobody waits in an empty database", async () => {
    const db = await databaseWith("");
    write({ "m/1_a.js": "" });
    const options = { migrate: "npm run migrate", migrations: "m" };
    expect(await askOne({ url: db.url, directory, options }, migrationSafe)).toMatchObject({
      status: "not applicable",
      reason: "no table is there yet that anybody could wait for",
    });
  });
});
