import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { afterAll, describe, expect, it } from "vitest";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import { STORE_KINDS } from "../../test/fixtures/store-places.ts";
import { MIGRATIONS } from "./migrations.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import type { Tables } from "./tables.ts";

const signOff = { environment: "staging", item: "trained", by: "Ada", at: 2, until: 9, evidence: "12 May" };
const waiver = {
  environment: "staging",
  finding: "0123456789ab",
  by: "Bob",
  at: 3,
  until: 8,
  reason: "small",
};

describe.each(STORE_KINDS)("people's answers in $database", (kind) => {
  const places = kind.places();
  afterAll(() => places.stop());

  it("come back by environment in the order of time, with all that was said", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    const full = {
      ...signOff,
      doneBy: "Grace",
      subject: "s1",
      release: "r7",
      attachment: { name: "runbook.md", sha256: "ab", sizeBytes: 3 },
    };
    await store.people.sign(full);
    await store.people.sign({ ...signOff, at: 1 });
    await store.people.sign({ ...signOff, environment: "production" });
    await store.people.waive(waiver);
    expect(await store.people.signOffs("staging")).toEqual([
      { ...signOff, at: 1, seq: 2 },
      { ...full, seq: 1 },
    ]);
    expect(await store.people.waivers("staging")).toEqual([waiver]);
    expect(await store.people.waivers("production")).toEqual([]);
    expect(await store.people.audit()).toMatchObject({ rows: 4, breaks: [] });
  });

  it.each([
    [
      "a name changed",
      "update person_answer set answer_json = replace(answer_json, 'Ada', 'Eve') where seq = 2",
      { seq: 2, change: "changed", row: { about: "sign-off of trained by Eve" } },
    ],
    [
      "a sign-off that is no JSON any more",
      "update person_answer set answer_json = 'x' where seq = 2",
      { seq: 2, change: "changed", row: { about: "sign-off of something that cannot be read" } },
    ],
    [
      "a waiver removed",
      "delete from person_answer where seq = 3",
      { seq: 3, change: "removed", row: undefined, before: { seq: 2 } },
    ],
    [
      "a sign-off added past the end",
      "insert into person_answer select 5, kind, environment, at, answer_json, hash from person_answer where seq = 1",
      { seq: 5, change: "inserted", row: { about: "sign-off of trained by Ada" } },
    ],
    ["the end forgotten", "update evidence_head set hash = 'x' where id = 2", { seq: 4, change: "cut off" }],
  ])("that were tampered with are named: %s", async (_, statement, expected) => {
    using place = await places.newPlace();
    {
      await using store = await place.open();
      await store.people.sign(signOff);
      await store.people.sign({ ...signOff, at: 4 });
      await store.people.waive(waiver);
      await store.people.sign({ ...signOff, at: 6 });
    }
    await place.tamper("person_answer", statement);
    await using store = await place.open();
    const { breaks } = await store.people.audit();
    expect(breaks).toHaveLength(1);
    expect(breaks[0]).toMatchObject(expected);
    expect((await store.evidence.audit()).breaks).toEqual([]);
  });
});

it("people's answers of an older store move into the chain", async () => {
  using place = storeFile();
  using database = new DatabaseSync(place.file);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database, place.file) });
  database.exec("create table meta (key text primary key, value text not null)");
  await db.transaction().execute(async (transaction) => {
    for (const migration of MIGRATIONS.slice(0, 2)) await migration(transaction, "sqlite");
  });
  database.exec(`insert into meta (key, value) values ('schema', '2');
      insert into sign_off values ('staging', 'trained', 'Ada', 2, 9, '12 May');
      insert into waiver values ('staging', '0123456789ab', 'Bob', 3, 8, 'small')`);
  await using store = await openRealStore(place.file);
  expect(await store.people.signOffs("staging")).toEqual([{ ...signOff, seq: 1 }]);
  expect(await store.people.waivers("staging")).toEqual([waiver]);
  expect(await store.people.audit()).toMatchObject({ rows: 2, breaks: [] });
});
