import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { migrationApplied } from "./checks.ts";
import { flywayChecksum } from "./checksum.ts";

let server: TestPostgres;
let directory: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "gonogo-test-runners-"));
  return () => rmSync(directory, { recursive: true, force: true });
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const A = "create table a ();\n";

interface Case {
  readonly runner: string;
  readonly files: Readonly<Record<string, string>>;
  /** The table as the runner makes it, and two migrations of three in it. */
  readonly table: string;
  readonly pending: string;
  /** A row that no file of the project stands behind. */
  readonly foreign: string;
  /** The file to change after it was applied, where the runner would notice. */
  readonly edit?: string;
}

const CASES: readonly Case[] = [
  {
    runner: "Prisma",
    files: {
      "prisma/schema.prisma": "datasource db {}",
      "prisma/migrations/20240101000000_a/migration.sql": A,
      "prisma/migrations/20240102000000_b/migration.sql": "select 1;",
      "prisma/migrations/20240103000000_c/migration.sql": "select 2;",
      "prisma/migrations/migration_lock.toml": 'provider = "postgresql"',
    },
    // Prisma 5 to 7, schema-engine: postgres flavour, create_migrations_table.
    table: `create table _prisma_migrations (id varchar(36) primary key not null, checksum varchar(64) not null,
        finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
        started_at timestamptz not null default now(), applied_steps_count integer not null default 0);
      insert into _prisma_migrations (id, checksum, finished_at, migration_name) values
        ('1', '${sha256(A)}', now(), '20240101000000_a'), ('2', '${sha256("select 1;")}', now(), '20240102000000_b')`,
    pending: "20240103000000_c",
    foreign:
      "insert into _prisma_migrations (id, checksum, finished_at, migration_name) values ('9', repeat('0', 64), now(), '20240109000000_z')",
    edit: "prisma/migrations/20240101000000_a/migration.sql",
  },
  {
    runner: "Drizzle",
    files: {
      "drizzle.config.ts": 'export default { out: "./db/out", dialect: "postgresql" };',
      "db/out/meta/_journal.json": JSON.stringify({
        version: "7",
        dialect: "postgresql",
        entries: [1, 2, 3].map((each) => ({
          idx: each,
          when: 1_700_000_000_000 + each,
          tag: `000${each}_x`,
        })),
      }),
      "db/out/0001_x.sql": A,
      "db/out/0002_x.sql": "select 1;\n--> statement-breakpoint\nselect 2;",
      "db/out/0003_x.sql": "select 3;",
    },
    // Made by drizzle-orm 0.45.4, node-postgres migrator; its hash was seen to be the SHA-256 of the file.
    table: `create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
      insert into drizzle.__drizzle_migrations (hash, created_at) values ('${sha256(A)}', 1700000000001),
        ('${sha256("select 1;\n--> statement-breakpoint\nselect 2;")}', 1700000000002)`,
    pending: "0003_x.sql",
    foreign: "insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 1700000000009)",
    edit: "db/out/0001_x.sql",
  },
  {
    runner: "Knex",
    files: {
      "knexfile.js": "module.exports = { migrations: { directory: './server/migrations' } };",
      "server/migrations/20240101000000_a.js": "",
      "server/migrations/20240102000000_b.js": "",
      "server/migrations/20240103000000_c.js": "",
    },
    // Made by knex 3.3.0.
    table: `create table knex_migrations (id serial primary key, name varchar(255), batch integer, migration_time timestamptz);
      create table knex_migrations_lock (index serial primary key, is_locked integer);
      insert into knex_migrations (name, batch, migration_time) values ('20240101000000_a.js', 1, now()), ('20240102000000_b.js', 1, now())`,
    pending: "20240103000000_c.js",
    foreign: "insert into knex_migrations (name, batch) values ('20240109000000_z.js', 2)",
  },
  {
    runner: "node-pg-migrate",
    files: {
      "package.json": '{ "devDependencies": { "node-pg-migrate": "^9.0.0" } }',
      "migrations/1700000000001_a.js": "",
      "migrations/1700000000002_b.sql": "select 1",
      "migrations/1700000000003_c.js": "",
    },
    // Made by node-pg-migrate 9.0.0.
    table: `create table pgmigrations (id serial primary key, name varchar(255) not null, run_on timestamp not null);
      insert into pgmigrations (name, run_on) values ('1700000000001_a', now()), ('1700000000002_b', now())`,
    pending: "1700000000003_c.js",
    foreign: "insert into pgmigrations (name, run_on) values ('1700000000009_z', now())",
  },
  {
    runner: "Rails",
    files: {
      "config/application.rb": "module Shop; end",
      "db/migrate/20240101000000_create_a.rb": "",
      "db/migrate/20240102000000_create_b.rb": "",
      "db/migrate/20240103000000_create_c.rb": "",
    },
    // Rails guides, "Active Record Migrations": a single column, and ar_internal_metadata beside it.
    table: `create table schema_migrations (version character varying not null primary key);
      create table ar_internal_metadata (key character varying primary key, value character varying, created_at timestamp, updated_at timestamp);
      insert into schema_migrations values ('20240101000000'), ('20240102000000')`,
    pending: "20240103000000_create_c.rb",
    foreign: "insert into schema_migrations values ('20240109000000')",
  },
  {
    runner: "Django",
    files: {
      "manage.py": "",
      "shop/migrations/__init__.py": "",
      "shop/migrations/0001_initial.py": "",
      "shop/migrations/0002_more.py": "",
      "apps/talk/migrations/__init__.py": "",
      "apps/talk/apps.py": 'class TalkConfig(AppConfig):\n    name = "apps.talk"\n    label = "talks"\n',
      "apps/talk/migrations/0001_initial.py": "",
    },
    // Django 5.2.17, db/migrations/recorder.py, with a row of an app of its own.
    table: `create table django_migrations (id bigint generated by default as identity primary key, app varchar(255) not null,
        name varchar(255) not null, applied timestamptz not null);
      insert into django_migrations (app, name, applied) values ('auth', '0001_initial', now()),
        ('shop', '0001_initial', now()), ('talks', '0001_initial', now())`,
    pending: "shop.0002_more",
    foreign: "insert into django_migrations (app, name, applied) values ('shop', '0009_z', now())",
  },
  {
    runner: "Alembic",
    files: {
      "alembic.ini": "[alembic]\nscript_location = %(here)s/database\n",
      "database/versions/zz_first.py": 'revision = "a1"\ndown_revision = None\n',
      "database/versions/mm_second.py": 'revision: str = "b2"\ndown_revision: Union[str, None] = "a1"\n',
      "database/versions/aa_third.py": 'revision = "c3"\ndown_revision = ("b2",)\n',
    },
    // Alembic 1.20.0, runtime/migration.py: one row, the newest revision.
    table: `create table alembic_version (version_num varchar(32) not null, constraint alembic_version_pkc primary key (version_num));
      insert into alembic_version values ('b2')`,
    pending: "aa_third.py",
    foreign: "insert into alembic_version values ('nowhere')",
  },
  {
    runner: "Flyway",
    files: {
      "flyway.toml": '[flyway]\nlocations = ["filesystem:db/sql"]\n',
      "db/sql/V1__a.sql": A,
      "db/sql/V1_2__b.sql": "select 1;\r\nselect 2;",
      "db/sql/V2__c.sql": "select 3;",
      "db/sql/R__views.sql": "",
    },
    // Flyway 9, createMetaDataTable.sql of PostgreSQL; checksums as its ChecksumCalculator makes them.
    table: `create table flyway_schema_history (installed_rank int not null primary key, version varchar(50),
        description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null, checksum int,
        installed_by varchar(100) not null, installed_on timestamp not null default now(), execution_time int not null,
        success boolean not null);
      insert into flyway_schema_history values (1, '1', 'a', 'SQL', 'V1__a.sql', ${flywayChecksum(A)}, 'x', now(), 1, true),
        (2, '1.2', 'b', 'SQL', 'V1_2__b.sql', ${flywayChecksum("select 1;\nselect 2;\n")}, 'x', now(), 1, true),
        (3, null, 'views', 'SQL', 'R__views.sql', 0, 'x', now(), 1, true)`,
    pending: "V2__c.sql",
    foreign:
      "insert into flyway_schema_history values (9, '9', 'z', 'SQL', 'V9__z.sql', 1, 'x', now(), 1, true)",
    edit: "db/sql/V1__a.sql",
  },
  {
    runner: "Supabase",
    files: {
      "supabase/config.toml": 'project_id = "x"',
      "supabase/migrations/20240101000000_a.sql": A,
      "supabase/migrations/20240102000000_b.sql": "",
      "supabase/migrations/20240103000000_c.sql": "",
    },
    // Supabase CLI 2, pkg/migration/history.go, beside the table of its auth service.
    table: `create schema auth; create table auth.schema_migrations (version varchar(255) primary key); insert into auth.schema_migrations values ('00');
      create schema supabase_migrations;
      create table supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text);
      insert into supabase_migrations.schema_migrations (version, name) values ('20240101000000', 'a'), ('20240102000000', 'b')`,
    pending: "20240103000000_c.sql",
    foreign:
      "insert into supabase_migrations.schema_migrations (version, name) values ('20240109000000', 'z')",
  },
  {
    runner: "migration",
    files: { "migrations/001_a.sql": A, "migrations/002_b.sql": "select 1;", "migrations/003_c.sql": "" },
    // What people write in twenty lines of their own: the table of one thing is called by one.
    table: `create table migration (name text primary key, at timestamptz not null default now());
      insert into migration values ('001_a.sql'), ('002_b.sql')`,
    pending: "003_c.sql",
    foreign: "insert into migration values ('009_z.sql')",
  },
  {
    runner: "schema_migrations",
    files: { "migrations/001_a.sql": A, "migrations/002_b.sql": "select 1;", "migrations/003_c.sql": "" },
    // A folder of plain SQL and a table of the project's own, as examples/soulseer keeps it.
    table: `create table schema_migrations (name text primary key, digest text not null, applied_at timestamptz not null default now());
      insert into schema_migrations values ('001_a.sql', '${sha256(A)}'), ('002_b.sql', '${sha256("select 1;")}')`,
    pending: "003_c.sql",
    foreign: "insert into schema_migrations values ('009_z.sql', 'x')",
    edit: "migrations/001_a.sql",
  },
];

describe.each(CASES)("$runner", ({ runner, files, table, pending, foreign, edit }) => {
  function write(all: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(join(directory, dirname(name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
  }

  it("is recognised by its files and its table, with what it lacks, has on top, and what was edited", async () => {
    write(files);
    const { url } = await server.database(`runner_${runner.toLowerCase().replaceAll(/\W/g, "_")}`);
    const client = new pg.Client({ connectionString: url.reveal() });
    await client.connect();
    const ask = () => askOne({ url, directory, options: { migrate: "migrate" } }, migrationApplied);
    try {
      await client.query(table);
      expect(await ask()).toMatchObject({
        status: "fail",
        findings: [pending],
        measured: { applied: 2, pending: 1, runner },
      });

      const last = Object.keys(files).filter((each) => each.includes(pending.replace(/^shop\./, "")));
      for (const name of last) rmSync(join(directory, name));
      if (runner === "Drizzle") dropLast();
      expect(await ask()).toMatchObject({ status: "pass", measured: { applied: 2, pending: 0 } });

      await client.query(foreign);
      expect(await ask()).toMatchObject({
        status: "warn",
        summary: "the database is ahead of the repository",
      });

      if (edit === undefined) return;
      write({ [edit]: "create table a (b int);\n" });
      expect(await ask()).toMatchObject({
        status: "fail",
        summary: "1 migration edited after being applied",
      });
    } finally {
      await client.end();
    }
  });

  /** Drizzle goes by its journal, not by the files beside it. */
  function dropLast(): void {
    const journal = JSON.parse(files["db/out/meta/_journal.json"] ?? "{}") as { entries: unknown[] };
    write({
      "db/out/meta/_journal.json": JSON.stringify({ ...journal, entries: journal.entries.slice(0, -1) }),
    });
  }
});
