import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../test/fixtures/postgres.ts";
import { libpqEnvironment } from "../../components/postgres/connection/libpq-environment.ts";
import { Secret } from "../../model/secret.ts";
import { openDoors } from "../../system/doors.ts";
import { restoreDump } from "./backup.ts";
import { CannotCopy, openCopy, type Restorable } from "./copy.ts";
import { measure } from "./measure.ts";

let server: TestPostgres;
let directory: string;
const doors = openDoors();
const signal = new AbortController().signal;

beforeAll(async () => {
  server = await startPostgres();
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-test-copy-"));
  await server.admin(`
    create role "o'dd Wriéter" login password 'x' noinherit;
    create role team nologin bypassrls;
    grant team to "o'dd Wriéter";
    alter role "o'dd Wriéter" set statement_timeout = '7s';
    alter role "o'dd Wriéter" set search_path = app, "odd schema", public;
    alter database app set lock_timeout = '3s';
    create schema "odd schema" authorization app;
    create table "odd schema"."Wállet" (id int primary key, minor bigint not null);
    insert into "odd schema"."Wállet" select n, n * 100 from generate_series(1, 3000) n;
    alter table "odd schema"."Wállet" owner to app;
    alter table "odd schema"."Wállet" enable row level security;
    grant usage on schema "odd schema" to "o'dd Wriéter";
    grant select on "odd schema"."Wállet" to "o'dd Wriéter";
    create policy own on "odd schema"."Wállet" for select to "o'dd Wriéter" using (id <= 5)`);
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

function dump(): Restorable {
  const file = path.join(directory, "app.dump");
  const env = { ...process.env, ...libpqEnvironment(server.adminUrl) };
  execFileSync("pg_dump", ["--format=custom", `--file=${file}`], { env });
  return {
    id: file,
    restore: async (url, { major }) => {
      await restoreDump(file, { url, major, doors, signal });
      return undefined;
    },
  };
}

async function rows(url: Secret, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url.reveal() });
  await client.connect();
  return await client
    .query(sql)
    .then((result) => result.rows)
    .finally(() => client.end());
}

it("a copy has the data, and every role with its rights, settings and policies", async () => {
  await using copy = await openCopy({ backup: dump(), live: server.adminUrl, from: [], doors, signal });
  const odd = copy.addressFor("o'dd Wriéter");
  expect(await rows(odd, 'select count(*)::int as seen from "Wállet"')).toEqual([{ seen: 5 }]);
  expect(
    await rows(odd, "select current_setting('statement_timeout') as s, current_setting('lock_timeout') as l"),
  ).toEqual([{ s: "7s", l: "3s" }]);
  expect(await rows(odd, "select pg_has_role('team', 'member') as member")).toEqual([{ member: true }]);
  expect(
    await rows(copy.addressFor("app"), 'select count(*)::int as seen from "odd schema"."Wállet"'),
  ).toEqual([{ seen: 3000 }]);
  // The live database's superuser has the name of the copy's own.
  expect(await rows(copy.addressFor("postgres"), "select current_database() as name")).toEqual([
    { name: "app" },
  ]);
  for (const url of [odd, copy.admin]) expect(new URL(url.reveal()).port).not.toBe(String(server.port));
});

it("what a migration does to it is measured: locks, rewritten tables, rows, and who had to wait", async () => {
  await using copy = await openCopy({ backup: dump(), live: server.adminUrl, from: [], doors, signal });
  const migration = `
    begin;
    alter table "odd schema"."Wállet" alter column minor type numeric;
    update "odd schema"."Wállet" set minor = minor + 1 where id <= 10;
    select pg_sleep(0.4);
    commit`;
  const environment = new Map(
    Object.entries(libpqEnvironment(copy.addressFor("app"))).map(([name, value]) => [
      name,
      new Secret(value),
    ]),
  );
  const run = (line: string) =>
    measure(copy, { line, directory, variables: environment, timeoutMs: 30_000, doors, signal });
  const figures = await run(`psql -q -v ON_ERROR_STOP=1 <<'SQL'\n${migration};\nSQL`);
  const table = '"odd schema"."Wállet"';
  expect(figures.locks).toMatchObject([{ table, mode: "AccessExclusiveLock" }]);
  expect(figures.rewritten).toContainEqual({ table, rows: 3000 });
  expect(figures.rowsChanged).toBe(10);
  expect(figures.reader).toMatchObject({ table });
  expect(figures.reader.worstMs).toBeGreaterThan(300);
  expect(figures.writer.worstMs).toBeGreaterThan(300);
  await expect(run("echo broken >&2; exit 3")).rejects.toThrow(
    /^on a copy of the data: [\s\S]*exited with 3[\s\S]*broken/,
  );
});

it("is not begun where it would not fit, which says nothing against the backup", async () => {
  const files = { ...doors.files, freeBytes: async () => 1_000_000 };
  const request = { backup: dump(), live: server.adminUrl, from: [], doors: { ...doors, files }, signal };
  await expect(openCopy(request)).rejects.toThrow(CannotCopy);
  await expect(openCopy(request)).rejects.toThrow(/a copy of \S+ MB does not fit: \S+ KB are free/);
});
