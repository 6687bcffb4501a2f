import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import { postgresOptions } from "../components/postgres/options.ts";
import { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { openDirectory } from "./destinations/directory.ts";
import { compareDatabase } from "./postgres/compare.ts";
import { ALL_CAME, copyIn, SOME_LACK } from "./postgres/copy-rows.ts";
import { dumpDatabase } from "./postgres/dump.ts";
import { restoreDatabase } from "./postgres/restore.ts";
import { startScratch } from "./scratch.ts";

const signal = new AbortController().signal;
const doors = openDoors();
let directory = "";
let identity = "";
let server: TestPostgres;
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-test-restoring-"));
  identity = await generateX25519Identity();
  server = await startPostgres();
  await server.admin(`
    create role "Ünlesbar ""x""";
    create schema "Konten ""ö""";
    create table "Konten ""ö"""."Wal'let $1" (id bigint generated always as identity primary key, "Betrag €" numeric(12,2) not null check ("Betrag €" >= 0), at timestamptz default now(), raw bytea);
    insert into "Konten ""ö"""."Wal'let $1" ("Betrag €", raw) select n * 1.5, decode(md5(n::text), 'hex') from generate_series(1, 60000) n;
    create table keyless (a text, b float8, "NULL" text);
    insert into keyless select 'line' || chr(10) || 'tab' || chr(9) || n, n / 3.0, null from generate_series(1, 500) n;
    create table entry (gone text, id serial primary key, wallet bigint references "Konten ""ö"""."Wal'let $1" (id) on delete cascade, pad text,
      length int generated always as (pg_catalog.length(pad)) stored, took interval, at timestamptz default now(), share float8, words text[], mark bytea, code xml);
    alter table entry drop column gone;
    insert into entry (wallet, pad, took, share, words, mark, code) select (n % 60000) + 1, repeat(md5(n::text), 12) || chr(92) || '.' || chr(10) || 'ü€', (n - 20000) * interval '1 mon -1.5 sec', n / 7.0,
      array[null, 'a"b', chr(92) || 'N'], decode(md5(n::text), 'hex'), 'two <b>pieces</b>' from generate_series(1, 40000) n;
    create index entry_pad on entry (length, took) where wallet between 1 and 90000 and id > 0;
    alter table keyless add column state varchar(9) default 'open' check (state in ('open', 'shut')), add column span int4range,
      add constraint apart exclude using gist (span with &&) where (b between 0 and 1e9 and a <> 'x') deferrable,
      add constraint bounds check (b between 0 and 1e9 and (a <> 'x' or b > 1)) not valid;
    create function seen() returns trigger language plpgsql as 'begin return new; end';
    create trigger seen before update on keyless for each row when (new.b between 1 and 2 and new.a is null) execute function seen();
    create policy near on entry as restrictive for update using (wallet between 1 and 9 and id > 0) with check (wallet between 1 and 9 and id > 1);
    alter role postgres set intervalstyle = 'sql_standard'; alter role postgres set datestyle = 'SQL, DMY';
    create index entry_wallet on entry (wallet);
    create materialized view totals as select count(*) as entries from entry;
    create function twice(n int) returns int language sql as 'select n * 2';
    alter table entry enable row level security; alter table entry force row level security;
    create policy own on entry to "Ünlesbar ""x""" using (wallet = 1);
    grant select on entry to "Ünlesbar ""x""";
    select lo_from_bytea(0, 'a large object');
  `);
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

async function dump(backup: string) {
  const into = path.join(directory, backup);
  await doors.files.makeDirectory(into);
  const { part } = await dumpDatabase({
    component: "db",
    url: server.adminUrl,
    directory: into,
    recipients: [await identityToRecipient(identity)],
    jobs: 2,
    doors,
    signal,
  });
  return part;
}

async function query(url: Secret, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url.reveal() });
  await client.connect();
  return client
    .query(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

describe("a dumped database", () => {
  it("comes back whole in a scratch server, and everything that differs afterwards is named", async () => {
    const part = await dump("b1");
    expect(part.objects.map(({ holds }) => holds).toSorted()).toEqual([
      "contents",
      "data",
      "rows of a table",
      "structure",
    ]);
    expect(part.contents.tables).toMatchObject([
      { name: `"Konten ""ö"""."Wal'let $1"`, rows: 60_000 },
      { name: "public.entry", rows: 40_000 },
      { name: "public.keyless", rows: 500, sampledRows: 500 },
    ]);
    await using scratch = await startScratch({ major: part.serverMajor, doors, signal });
    const url = await scratch.database("copy");
    const place = openDirectory(directory, doors.files);
    const identities = [new Secret(identity)];
    await restoreDatabase({
      part,
      place,
      backup: "b1",
      identities,
      url,
      makesRoles: true,
      jobs: 2,
      doors,
      signal,
    });
    const options = postgresOptions.parse({
      invariants: { "nobody owes": 'select 1 from "Konten ""ö"""."Wal\'let $1" where "Betrag €" < 0' },
    });
    const compare = () =>
      compareDatabase({ part, url, options, major: scratch.major, jobs: 2, doors, signal });
    expect(await compare()).toEqual([]);
    expect(await query(url, "select entries::int from totals")).toEqual([{ entries: 40_000 }]);
    expect(await query(url, "select lo_get(oid)::text as text from pg_largeobject_metadata")).toEqual([
      { text: `\\x${Buffer.from("a large object").toString("hex")}` },
    ]);
    expect(
      await query(url, "select has_table_privilege('Ünlesbar \"x\"', 'entry', 'select') as may"),
    ).toEqual([{ may: true }]);

    await query(
      url,
      `alter table keyless drop constraint apart; alter table keyless add constraint apart exclude using gist (span with &&) where (b between 0 and 1e8 and a <> 'x') deferrable;
      alter table keyless drop constraint bounds; alter table keyless add constraint bounds check (b >= 0 and (b <= 1e9 and a <> 'x' or b > 1)) not valid;
      drop policy near on entry; create policy near on entry as restrictive for update using (wallet between 1 and 9 and id > 0) with check (wallet between 1 and 9 and id > 2);
      update keyless set b = b + 1 where a = (select min(a) from keyless);
      delete from entry where id = 7; drop index entry_wallet; drop policy own on entry;
      alter table "Konten ""ö"""."Wal'let $1" drop constraint "Wal'let $1_Betrag €_check";
      update "Konten ""ö"""."Wal'let $1" set "Betrag €" = -1; select setval('entry_id_seq', 5)`,
    );
    expect((await compare()).map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      expect.stringMatching(/^rows differ: "Konten .*checksum over a sample of \d+ rows differs/),
      "rows differ: public.entry had 40000 rows, and the copy has 39999",
      "rows differ: public.keyless: the checksum over all 500 rows differs in the copy",
      "sequence behind: public.entry_id_seq stood at 40000, in the copy at 5",
      "sequence behind: public.entry_id_seq would give a number that is taken: public.entry goes up to 40000",
      expect.stringMatching(/^rule missing: constraint .* is not in the copy$/),
      "rule missing: constraint public.keyless.bounds is another one in the copy",
      "rule missing: constraint public.keyless.apart is another one in the copy",
      "rule missing: index public.apart is another one in the copy",
      "rule missing: index public.entry_wallet is not in the copy",
      "rule missing: policy public.entry.own is not in the copy",
      "rule missing: policy public.entry.near is another one in the copy",
      'invariant broken: "nobody owes": 1000 rows of the copy break it',
    ]);
  });

  it("gets no row of a table whose rows do not all come, and all of them the next time", async () => {
    const part = await dump("b4");
    const rows = part.objects.find(({ holds }) => holds === "rows of a table");
    const file = path.join(directory, "b4", rows?.name ?? "");
    const whole = readFileSync(file);
    const cut = whole.subarray(0, whole.length - 100_000);
    const forged = part.objects.map((object) =>
      object === rows
        ? { ...object, sizeBytes: cut.length, sha256: createHash("sha256").update(cut).digest("hex") }
        : object,
    );
    await using scratch = await startScratch({ major: part.serverMajor, doors, signal });
    for (const name of ["zstd_is_there", "zstd_is_not"]) {
      const url = await scratch.database(name);
      const find = async (program: string) =>
        name === "zstd_is_there" ? doors.shell.find(program) : undefined;
      const shell = { ...doors.shell, find };
      const done = new Set<string>();
      const request = {
        ...{ part, place: openDirectory(directory, doors.files), backup: "b4", url, signal, done, jobs: 2 },
        ...{ identities: [new Secret(identity)], makesRoles: true, doors: { ...doors, shell } },
        onDone: async (step: string) => void done.add(step),
      };
      writeFileSync(file, cut);
      await expect(restoreDatabase({ ...request, part: { ...part, objects: forged } })).rejects.toMatchObject(
        { kind: "truncated" },
      );
      expect(await query(url, "select 1 from entry limit 1")).toEqual([]);
      writeFileSync(file, whole);
      await restoreDatabase(request);
      expect(await query(url, "select count(*)::int as rows from entry")).toEqual([{ rows: 40_000 }]);
      // As after a restore that was ended while it made these: what is there is made anew.
      const begun = [...done].filter((step) => /^key \d+$|^rules of all$/.test(step));
      expect(begun).toEqual([expect.stringMatching(/^key/), "rules of all"]);
      for (const step of begun) done.delete(step);
      await restoreDatabase(request);
      expect(await query(url, "select convalidated from pg_constraint where contype = 'f'")).toEqual([
        { convalidated: true },
      ]);
    }
  });

  it("keeps rows that were copied only when it was told that all of them came", async () => {
    await server.admin("create table line (text text)");
    const end = path.join(directory, "end.sql");
    const fill = (said: string) => {
      writeFileSync(end, said);
      const args = copyIn({ name: "public.line", columns: ["text"] }, { encoding: "UTF8", end });
      return spawnSync("psql", [...args, server.adminUrl.reveal()], { input: "one\ntwo", encoding: "utf8" });
    };
    expect(fill(SOME_LACK)).toMatchObject({ status: 3, stderr: expect.stringMatching(/ended too early/) });
    expect(await server.admin("select * from line")).toEqual([]);
    for (const _ of ["first", "again"]) expect(fill(ALL_CAME)).toMatchObject({ status: 0, stderr: "" });
    expect(await server.admin("select * from line")).toEqual([{ text: "one" }, { text: "two" }]);
  });

  it("is taken of one moment, while others write and drop", async () => {
    await server.admin(
      "create table moving (id serial primary key); insert into moving select from generate_series(1, 1000)",
    );
    let stop = false;
    const writing = (async () => {
      for (let turn = 0; !stop; turn++) {
        await server.admin(
          `insert into moving default values; create table gone_${turn} as select 1; drop table gone_${turn}`,
        );
      }
    })();
    const part = await dump("b2");
    stop = true;
    await writing;
    await using scratch = await startScratch({ major: part.serverMajor, doors, signal });
    const url = await scratch.database("copy");
    const place = openDirectory(directory, doors.files);
    await restoreDatabase({
      part,
      place,
      backup: "b2",
      identities: [new Secret(identity)],
      url,
      makesRoles: true,
      jobs: 2,
      doors,
      signal,
    });
    expect(
      await compareDatabase({
        part,
        url,
        options: postgresOptions.parse({}),
        major: scratch.major,
        jobs: 2,
        doors,
        signal,
      }),
    ).toEqual([]);
    expect(readdirSync(path.join(directory, "b2"))).toHaveLength(part.objects.length);
  });

  it("can be restored by hand with age, zstd, pg_restore and psql alone", async () => {
    const part = await dump("b3");
    writeFileSync(path.join(directory, "identity"), identity);
    const copy = await server.database("by_hand");
    for (const section of ["pre-data", "data", "post-data"]) {
      const holding = section === "data" ? ["data", "rows of a table"] : ["structure"];
      for (const object of part.objects.filter(({ holds }) => holding.includes(holds))) {
        const table = part.contents.tables.find((each) => each.object === object.name);
        execFileSync("/bin/sh", [
          "-ec",
          `age -d -i "$1" "$2" | zstd -d | ${table ? 'psql -c "$4"' : `pg_restore --exit-on-error --section=${section} -d`} "$3"`,
          "sh",
          path.join(directory, "identity"),
          path.join(directory, "b3", object.name),
          copy.adminUrl.reveal(),
          `copy ${table?.name} (${table?.columns}) from stdin`,
        ]);
      }
    }
    const found = await query(
      copy.adminUrl,
      "select md5(string_agg(t::text, '' order by id)) as sum from entry t",
    );
    expect(found).toEqual(
      await query(server.adminUrl, "select md5(string_agg(t::text, '' order by id)) as sum from entry t"),
    );
  });
});
