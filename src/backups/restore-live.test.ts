import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import type { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { backUp } from "./back-up.ts";
import { makeAlike } from "./live-database.ts";
import { restoreInto } from "./restore.ts";
import { restoreBeside, restoreOver } from "./restore-live.ts";
import { placesOf } from "./scene.ts";
import { listBackups, type StoredBackup } from "./shelf.ts";

const signal = new AbortController().signal;
const doors = openDoors();
let server: TestPostgres;
let project = "";
beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-restore-"));
  chmodSync(project, 0o755);
  server = await startPostgres();
  await server.run(
    "create table wallet (id serial primary key, cents int); insert into wallet (cents) values (1), (2), (3)",
  );
  await server.admin(
    "revoke all on database app from public; alter database app set statement_timeout = '7s'; alter database app set search_path = app, public",
  );
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
  rmSync(project, { recursive: true });
});

const scene = (url = server.adminUrl) =>
  backupSceneFor({
    project,
    url,
    store: {
      copyTo: async (file) => {
        await doors.files.write(file, "a store");
        return { evidenceRows: 0 };
      },
    },
    doors,
  });

async function made(of = scene()): Promise<StoredBackup> {
  const { id } = await backUp(of, { reason: "by hand", signal });
  const [place] = placesOf(of);
  const stored = place ? await listBackups(place.place, signal) : [];
  const backup = stored.find(({ manifest }) => manifest.id === id);
  if (!backup) throw new Error("there is no backup");
  return backup;
}
async function wallets(url: Secret, database: string): Promise<unknown> {
  const own = new URL(url.reveal());
  own.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: own.toString() });
  await client.connect();
  const { rows } = await client
    .query(
      "select (select sum(cents)::int from wallet) as cents, current_setting('statement_timeout') as timeout",
    )
    .finally(() => client.end());
  return rows[0];
}

it("beside and over the live database: compared, grants and settings kept, what was live stays aside", async () => {
  const backup = await made();
  await server.run("update wallet set cents = 100");
  const beside = await restoreBeside(scene(), backup, { signal });
  expect(beside).toMatchObject({ live: "app", problems: [] });
  expect(await wallets(server.adminUrl, beside.database)).toEqual({ cents: 6, timeout: "7s" });
  expect(await wallets(server.adminUrl, "app")).toMatchObject({ cents: 300 });
  await expect(restoreBeside(scene(), backup, { signal })).rejects.toThrow(/is not empty: it has 1 table/);

  // The application goes on asking: it is cut off once, and finds the restored data when it connects again.
  const application = new pg.Client({ connectionString: server.url.reveal() });
  const cut = new Promise((resolve) => application.on("error", resolve));
  await application.connect();
  const { database, aside } = await restoreOver(scene(), backup, { signal });
  await cut;
  expect(database).toBe("app");
  expect(await wallets(server.url, "app")).toEqual({ cents: 6, timeout: "7s" });
  expect(await wallets(server.adminUrl, aside)).toMatchObject({ cents: 300 });
  const [grants] = await server.admin(
    "select has_database_privilege('public', 'app', 'connect') as everybody",
  );
  expect(grants).toEqual({ everybody: false });
});

const LIKENESS = `
  select pg_get_userbyid(datdba) as owner, pg_encoding_to_char(encoding) as encoding, datcollate, datctype,
         datconnlimit, to_jsonb(d)->>'datlocprovider' as provider, to_jsonb(d)->>'daticurules' as rules,
         coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale') as locale,
         datacl is null as "isOpen", (select array_agg(a::text order by a::text) from unnest(datacl) a) as acl,
         (select array_agg(concat(setrole::regrole, ' ', setconfig) order by setrole::regrole::text)
          from pg_db_role_setting where setdatabase = d.oid) as settings
  from pg_database d where datname = $1`;

async function likeness(database: string): Promise<Record<string, unknown> | undefined> {
  await using session = await doors.sql.open(server.adminUrl);
  return (await session.query(LIKENESS, [database]))[0];
}

it("keeps the sort order, what roles have set there, the limit of connections and who may grant", async () => {
  const { adminUrl: url } = await server.database("sorted");
  await server.admin("create role reporter login; create role auditor");
  await server.admin("drop database sorted");
  await server.admin(
    "create database sorted owner sorted template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C' locale_provider icu icu_locale 'de-DE-u-co-phonebk' connection limit 7",
  );
  await server.admin(`revoke all on database sorted from public; grant connect on database sorted to reporter with grant option;
    grant temporary on database sorted to auditor; alter database sorted set lock_timeout = '3s';
    alter role reporter in database sorted set statement_timeout = '9s';
    alter role reporter in database sorted set search_path = reports, public`);
  const before = await likeness("sorted");
  expect(before).toMatchObject({ provider: "i", datconnlimit: 7 });
  const { aside } = await restoreOver(scene(url), await made(scene(url)), { signal });
  expect(await likeness("sorted")).toEqual(before);
  expect(await likeness(aside)).toEqual(before);
});

it("gives nobody a right where everybody's were taken", async () => {
  const { adminUrl: url } = await server.database("closed");
  await server.admin("revoke all on database closed from public, closed");
  await using session = await doors.sql.open(url, { readOnly: false });
  await makeAlike(session, "closed", "closed_too");
  expect(await likeness("closed_too")).toEqual(await likeness("closed"));
});

it("fits into what Postgres takes as a name, however long that of the live one is", async () => {
  const live = `Kündenportal_${"x".repeat(49)}`;
  const { adminUrl: url } = await server.database(live);
  const backup = await made(scene(url));
  const beside = await restoreBeside(scene(url), backup, { signal });
  const { database, aside } = await restoreOver(scene(url), backup, { signal });
  const names = await server.admin("select datname as name from pg_database");
  expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining([beside.database, database, aside]));
  expect(database).toBe(live);
  await expect(restoreBeside(scene(url), backup, { signal, name: `${live}xx` })).rejects.toThrow(
    /a database cannot be called Kündenportal_x+: it has 65 bytes, 63 are the most/,
  );
});

it("goes on after the objects that an interrupted restore has finished", async () => {
  await server.admin(
    "create table large (id serial primary key, pad text unique); alter table large alter pad set storage external; insert into large (pad) select repeat(md5(n::text), 40) from generate_series(1, 9000) n",
  );
  const backup = await made();
  const { adminUrl: url } = await server.database("again");
  const stop = new AbortController();
  const steps: string[] = [];
  const broken = restoreInto(scene(), backup, {
    url,
    signal: stop.signal,
    onProgress: ({ bytes, ofBytes }) => {
      steps.push(`${bytes}`);
      if (bytes >= ofBytes) stop.abort(new Error("the network went"));
    },
  });
  await expect(broken).rejects.toThrow(/the network went/);
  // What a killed program began goes on in its session, and would stand in the way.
  const left = new pg.Client({ connectionString: url.reveal(), application_name: "gonogo restore" });
  const ended = new Promise((resolve) => left.on("error", resolve));
  await left.connect();
  await left.query("begin; lock table wallet, large in access exclusive mode");
  const read: number[] = [];
  await restoreInto(scene(), backup, { url, signal, onProgress: ({ bytes }) => read.push(bytes) });
  expect(Math.max(...read)).toBeLessThan(backup.storedBytes);
  await ended;
  expect(await wallets(url, "again")).toMatchObject({ cents: 6 });
  expect(await doors.files.list(path.join(scene().directory, "backups"))).toEqual(["outbox"]);
});
