import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { primaryKey, sequenceHeadroom, tableBloat, xidHeadroom } from "./checks.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe("postgres.table.primary-key", () => {
  it("is not applicable without tables, names those without one, and its fix mends them", async () => {
    const db = await server.database("keys");
    expect(await askOne({ url: db.url }, primaryKey)).toMatchObject({ status: "not applicable" });
    await server.run(`
      create table with_key (id int primary key); create table "Ünïcode ""quoted""" (a int);
      create table parts (id int, at date, primary key (id, at)) partition by range (at);
      create table parts_2026 partition of parts for values from ('2026-01-01') to ('2027-01-01')`);
    const outcome = await askOne({ url: server.url }, primaryKey);
    expect(outcome).toMatchObject({
      status: "fail",
      summary: "1 of 3 tables without a primary key",
      findings: ['"Ünïcode ""quoted"""'],
    });
    await server.run((outcome as { fix: string }).fix);
    expect(await askOne({ url: server.url }, primaryKey)).toMatchObject({ status: "pass" });
  });
});

describe("postgres.sequence.headroom", () => {
  it("goes by the smaller of sequence and column", async () => {
    const db = await server.database("numbers");
    expect(await askOne({ url: db.url }, sequenceHeadroom)).toMatchObject({ status: "not applicable" });
    await server.run(`
      create table wide (id bigint generated always as identity primary key);
      create table narrow (id serial primary key);
      create sequence loose as smallint;
      select setval('wide_id_seq', 2000000000);
      select setval('narrow_id_seq', 1073000000)`);
    expect(await askOne({ url: server.url }, sequenceHeadroom)).toMatchObject({
      status: "pass",
      measured: { fullestPercent: 50 },
    });
    await server.run(`select setval('narrow_id_seq', 1073800000); select setval('loose', 20000)`);
    const outcome = await askOne({ url: server.url }, sequenceHeadroom);
    expect(outcome).toMatchObject({
      status: "fail",
      found: "loose (smallint) at 61 %, narrow.id (integer) at 50 %",
      fix: expect.stringContaining("alter table narrow alter column id type bigint"),
    });
    await server.run((outcome as { fix: string }).fix.split(" Each rewrites")[0] ?? "");
    expect(await askOne({ url: server.url }, sequenceHeadroom)).toMatchObject({ status: "pass" });
  });

  it("sees a narrow column behind a wide sequence", async () => {
    await server.run(`
      create table behind (id int primary key); create sequence wide_one owned by behind.id;
      select setval('wide_one', 2000000000)`);
    expect(await askOne({ url: server.url }, sequenceHeadroom)).toMatchObject({
      status: "fail",
      findings: ["behind.id"],
    });
    await server.run("drop table behind");
  });

  it("is unknown when the role may not read one", async () => {
    await server.admin("create sequence hidden_from_app");
    expect(await askOne({ url: server.url }, sequenceHeadroom)).toMatchObject({
      status: "unknown",
      reason: "hidden_from_app may not be read by this role",
    });
    await server.admin("drop sequence hidden_from_app");
  });
});

describe("postgres.table.bloat", () => {
  it("finds dead rows that nobody clears, and switched-off autovacuum", async () => {
    const db = await server.database("empty");
    expect(await askOne({ url: db.url }, tableBloat)).toMatchObject({ status: "not applicable" });
    expect(await askOne({ url: server.url }, tableBloat)).toMatchObject({ status: "pass" });
    await server.run(`
      create table full_of_dead (id int primary key) with (autovacuum_enabled = off);
      insert into full_of_dead select generate_series(1, 30000)`);
    await server.run("delete from full_of_dead where id % 2 = 0");
    const outcome = await askOne({ url: server.url }, tableBloat);
    expect(outcome).toMatchObject({
      status: "fail",
      found: expect.stringMatching(
        /full_of_dead: autovacuum is off; full_of_dead: 15000 dead beside 15000 live, never vacuumed/,
      ),
      findings: ["full_of_dead"],
    });
    for (const statement of (outcome as { fix: string }).fix.split("; ")) await server.run(statement);
    expect(await askOne({ url: server.url }, tableBloat)).toMatchObject({ status: "pass" });
  });

  it("fails when the whole server does not clean up", () => {
    const ages = [{ database: "app", xidAge: 0, multixactAge: 0, autovacuum: false }];
    expect(tableBloat.run({ tables: [{}] as never, ages }, {} as never)).toMatchObject({
      status: "fail",
      found: "autovacuum = off",
    });
  });
});

describe("postgres.xid.headroom", () => {
  it("passes on a young server and fails for each database past half", async () => {
    expect(await askOne({ url: server.url }, xidHeadroom)).toMatchObject({ status: "pass" });
    const young = { database: "app", xidAge: 10, multixactAge: 1, autovacuum: true };
    const old = { ...young, database: "old", multixactAge: 1_300_000_000 };
    expect(xidHeadroom.run({ ages: [young, old] }, {} as never)).toMatchObject({
      status: "fail",
      found: "old at 60 %",
      findings: ["old"],
    });
  });
});
