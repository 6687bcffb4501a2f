import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import type { Doors } from "../model/doors.ts";
import type { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { backUp } from "./back-up.ts";
import { restoreInto } from "./restore.ts";
import { restoreBeside } from "./restore-live.ts";
import { placesOf } from "./scene.ts";
import { listBackups, type StoredBackup } from "./shelf.ts";

const { signal } = new AbortController();
const doors = openDoors();
const store = {
  copyTo: async (file: string) => {
    await doors.files.write(file, "a store");
    return { evidenceRows: 0 };
  },
};
let server: TestPostgres;
let project = "";
let backup: StoredBackup;
beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), "gonogo-test-interrupted-"));
  chmodSync(project, 0o755);
  server = await startPostgres();
  await server.admin(`
    create table wallet (id serial primary key, cents int); insert into wallet (cents) values (1), (2), (3);
    create table keyless (cents int); insert into keyless select * from generate_series(1, 4);
    create table large (id serial primary key, wallet int references wallet, pad text); alter table large alter pad set storage external;
    insert into large (wallet, pad) select 1, repeat(md5(n::text), 40) from generate_series(1, 9000) n;
    select lo_from_bytea(0, 'a large object')`);
  await backUp(sceneOf(doors), { reason: "by hand", signal });
  const [place] = placesOf(sceneOf(doors));
  const [made] = place ? await listBackups(place.place, signal) : [];
  if (!made) throw new Error("there is no backup");
  backup = made;
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
  rmSync(project, { recursive: true });
});

const sceneOf = (own: Doors) => backupSceneFor({ project, url: server.adminUrl, store, doors: own });

async function connect(url: Secret): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url.reveal() });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function rowsIn(url: Secret): Promise<unknown> {
  const client = await connect(url);
  const { rows } = await client
    .query(
      `select (select count(*)::int from wallet) as wallets, (select count(*)::int from keyless) as keyless, (select count(*)::int from large) as large,
              (select string_agg(convert_from(lo_get(oid), 'UTF8'), ', ') from pg_largeobject_metadata) as objects, (select count(*)::int from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'f')) as keys`,
    )
    .finally(() => client.end());
  return rows[0];
}
const WHOLE = { wallets: 3, keyless: 4, large: 9_000, objects: "a large object", keys: 3 };

/** As if killed before the write of this number to the journal: nothing is written any more. */
function endingAt(write: number): { readonly doors: Doors; written(): number } {
  let written = 0;
  const files: Doors["files"] = {
    ...doors.files,
    write: async (file, ...how) => {
      if (path.basename(file).startsWith("restore-") && ++written >= write) throw new Error("killed here");
      await doors.files.write(file, ...how);
    },
  };
  return { doors: { ...doors, files }, written: () => written };
}

it("killed before it notes anything of what it did, the next restore comes to the same end", async () => {
  const uninterrupted = endingAt(Number.POSITIVE_INFINITY);
  const first = await server.database("at_once");
  await restoreInto(sceneOf(uninterrupted.doors), backup, { url: first.adminUrl, signal });
  expect(await rowsIn(first.adminUrl)).toEqual(WHOLE);
  expect(uninterrupted.written()).toBeGreaterThan(8);
  for (let write = 1; write <= uninterrupted.written(); write++) {
    const { adminUrl: url } = await server.database(`killed_at_${write}`);
    const killed = restoreInto(sceneOf(endingAt(write).doors), backup, { url, signal });
    await expect(killed, `at ${write}`).rejects.toThrow("killed here");
    await restoreInto(sceneOf(doors), backup, { url, signal });
    expect(await rowsIn(url), `at ${write}`).toEqual(WHOLE);
  }
});

it("begins anew in a database that was dropped and made again since, and leaves alone what others put there", async () => {
  const { adminUrl: url } = await server.database("anew");
  const killed = restoreInto(sceneOf(endingAt(6).doors), backup, { url, signal });
  await expect(killed).rejects.toThrow("killed here");
  await server.admin("drop database anew");
  await server.admin("create database anew");
  await restoreInto(sceneOf(doors), backup, { url, signal });
  expect(await rowsIn(url)).toEqual(WHOLE);

  const { adminUrl: other } = await server.database("taken");
  const before = restoreInto(sceneOf(endingAt(2).doors), backup, { url: other, signal });
  await expect(before).rejects.toThrow("killed here");
  const client = await connect(other);
  await client.query("drop schema public cascade; create schema public; create table mine (id int)");
  await client.end();
  const next = restoreInto(sceneOf(doors), backup, { url: other, signal });
  await expect(next).rejects.toThrow(/the database taken is not empty: it has 1 table/);
});

it("refuses a second restore into one database while the first goes on, and the first is not disturbed", async () => {
  const { adminUrl: url } = await server.database("twice");
  // The first one's tables wait for one of the same name that is not committed yet.
  const before = await connect(url);
  await before.query("begin; create table wallet (id int)");
  const first = restoreInto(sceneOf(doors), backup, { url, signal });
  await vi.waitFor(
    async () => {
      const at = await server.admin(
        "select 1 from pg_stat_activity where datname = 'twice' and application_name = 'gonogo restore' and wait_event_type = 'Lock'",
      );
      expect(at).toHaveLength(1);
    },
    { timeout: 30_000 },
  );
  await expect(restoreInto(sceneOf(doors), backup, { url, signal })).rejects.toMatchObject({
    message: expect.stringMatching(
      `^the database twice is being restored into: gonogo restore of ${backup.manifest.id}, process ${process.pid}, since 20.*Z, from 127.0.0.1$`,
    ),
    fix: expect.stringMatching(/^wait for it; if it is gone, select pg_terminate_backend\(\d+\)/),
  });
  await before.query("rollback");
  await before.end();
  await first;
  expect(await rowsIn(url)).toEqual(WHOLE);
});

it("killed while it makes the database beside the live one, the next leaves nobody in who may not enter that", async () => {
  await server.admin(
    "revoke all on database app from public; alter database app set statement_timeout = '7s'",
  );
  const sql: Doors["sql"] = {
    open: async (...asked) => {
      const session = await doors.sql.open(...asked);
      return {
        query: async (text, params) => {
          if (text.startsWith("revoke all on database")) throw new Error("killed here");
          return await session.query(text, params);
        },
        [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
      };
    },
  };
  const name = "beside";
  await expect(restoreBeside(sceneOf({ ...doors, sql }), backup, { signal, name })).rejects.toThrow(
    "killed here",
  );
  const { problems } = await restoreBeside(sceneOf(doors), backup, { signal, name });
  expect(problems).toEqual([]);
  const made = await server.admin(`
    select datname::text as name, has_database_privilege('public', oid, 'connect') as everybody,
           (select setconfig from pg_db_role_setting where setdatabase = d.oid) as settings
    from pg_database d where datname ~ 'beside'`);
  expect(made).toEqual([{ name, everybody: false, settings: ["statement_timeout=7s"] }]);
});

it("begun twice at once beside the live one, one restores and the other is told of it", async () => {
  const both = await Promise.allSettled(
    [1, 2].map(() => restoreBeside(sceneOf(doors), backup, { signal, name: "raced" })),
  );
  const refused = both.flatMap((each) => (each.status === "rejected" ? [String(each.reason)] : []));
  expect(refused).toEqual([
    expect.stringMatching(
      /the database raced is (?:being restored into: gonogo restore of b|not empty: it has)/,
    ),
  ]);
});
