import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../../../test/fixtures/postgres.ts";
import { askOne } from "../../../../test/fixtures/postgres-subject.ts";
import { foreignKeyIndex, indexDuplicate, indexInvalid, indexUnused } from "./checks.ts";
import type { Index } from "./facts.ts";

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function prepared(name: string, sql: string) {
  const { url, adminUrl } = await server.database(name);
  await run(url.reveal(), sql);
  return { url, adminUrl, run: (text: string) => run(url.reveal(), text) };
}

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

describe("postgres.index.foreign-key", () => {
  it("is not applicable without foreign keys", async () => {
    expect(await askOne({ url: server.url }, foreignKeyIndex)).toMatchObject({ status: "not applicable" });
  });

  it("names each key without an index, and its fix mends them", async () => {
    const db = await prepared(
      "bare_keys",
      `create table person (id int primary key, a int, b int, unique (a, b));
       create table "Order" (id int primary key, "the person" int references person, a int, b int,
         foreign key (a, b) references person (a, b))`,
    );
    const outcome = await askOne({ url: db.url }, foreignKeyIndex);
    expect(outcome).toMatchObject({
      status: "fail",
      summary: "2 of 2 foreign keys without an index",
      findings: ['"Order".(a, b)', '"Order"."the person"'],
      measured: { foreignKeys: 2, withoutIndex: 2 },
    });
    for (const statement of (outcome as { fix: string }).fix.split("; ")) await db.run(statement);
    expect(await askOne({ url: db.url }, foreignKeyIndex)).toMatchObject({ status: "pass" });
  });

  it.each([
    ["a longer index that begins with it", "create index on child (parent_id, at)", "pass"],
    ["an index that has it second", "create index on child (at, parent_id)", "fail"],
    [
      "a partial index that leaves out nulls",
      "create index on child (parent_id) where parent_id is not null",
      "pass",
    ],
    ["a partial index that leaves out rows", "create index on child (parent_id) where at > 5", "fail"],
    ["a hash index", "create index on child using hash (parent_id)", "pass"],
    ["an index on an expression of it", "create index on child ((parent_id + 0))", "fail"],
    ["an index that only carries it along", "create index on child (at) include (parent_id)", "fail"],
    ["another key's index that begins with it", "alter table child add unique (parent_id, at)", "pass"],
  ])("%s", async (title, sql, status) => {
    const db = await prepared(
      `fk_${title.replace(/\W/g, "_")}`.slice(0, 60),
      `create table parent (id int primary key); create table child (id int primary key, parent_id int references parent, at int); ${sql}`,
    );
    expect(await askOne({ url: db.url }, foreignKeyIndex)).toMatchObject({ status });
  });

  it("does not take a column that an index only carries along for one it is sorted by", async () => {
    const db = await prepared(
      "carried",
      `create table parent (b int, a int, primary key (b, a));
       create table child (id int primary key, b int, a int, foreign key (b, a) references parent);
       create index on child (b) include (a)`,
    );
    expect(await askOne({ url: db.url }, foreignKeyIndex)).toMatchObject({ findings: ["child.(b, a)"] });
  });

  it("takes a key's columns in any order, and looks into declared schemas only", async () => {
    const db = await prepared(
      "two_columns",
      `create schema billing; create table billing.line (a int, b int, primary key (a, b));
       create table billing.tax (id int primary key, a int, b int, foreign key (a, b) references billing.line);
       create index on billing.tax (b, a)`,
    );
    expect(await askOne({ url: db.url }, foreignKeyIndex)).toMatchObject({ status: "not applicable" });
    const options = { schemas: ["billing"] };
    expect(await askOne({ url: db.url, options }, foreignKeyIndex)).toMatchObject({ status: "pass" });
    await db.run("drop index billing.tax_b_a_idx");
    expect(await askOne({ url: db.url, options }, foreignKeyIndex)).toMatchObject({
      findings: ["billing.tax.(a, b)"],
    });
  });
});

describe("postgres.index.duplicate", () => {
  it("keeps what stands behind a constraint and drops the rest", async () => {
    expect(await askOne({ url: server.url }, indexDuplicate)).toMatchObject({ status: "not applicable" });
    const db = await prepared(
      "twins",
      `create table t (id int primary key, a int unique, b text);
       create index t_b on t (b); create index "t B" on t (b); create index on t (b desc); create index on t (lower(b));
       create unique index t_a_again on t (a)`,
    );
    const outcome = await askOne({ url: db.url }, indexDuplicate);
    expect(outcome).toMatchObject({
      status: "fail",
      summary: "2 indexes to spare beside one that does the same",
    });
    expect((outcome as { fix: string }).fix).toContain("drop index concurrently t_a_again;");
    for (const statement of (outcome as { fix: string }).fix.split("; ")) await db.run(statement);
    expect(await askOne({ url: db.url }, indexDuplicate)).toMatchObject({ status: "pass" });
  });
});

describe("postgres.index.invalid", () => {
  it("finds what a broken-off concurrent build left, and reindex mends it", async () => {
    const db = await prepared(
      "half_built",
      "create table t (id int primary key, a int); insert into t values (1, 1), (2, 1)",
    );
    expect(await askOne({ url: db.url }, indexInvalid)).toMatchObject({ status: "pass" });
    await db.run("create unique index concurrently t_a on t (a)").catch(() => undefined);
    const outcome = await askOne({ url: db.url }, indexInvalid);
    expect(outcome).toMatchObject({
      status: "fail",
      findings: ["t_a"],
      fix: "reindex index concurrently t_a;",
    });
    await db.run("delete from t where id = 2");
    await db.run("reindex index concurrently t_a");
    expect(await askOne({ url: db.url }, indexInvalid)).toMatchObject({ status: "pass" });
    expect(await askOne({ url: server.url }, indexInvalid)).toMatchObject({ status: "not applicable" });
  });
});

describe("postgres.index.unused", () => {
  const plain: Index = {
    schema: "public",
    table: "t",
    index: "t_a",
    method: "btree",
    columns: ["a"],
    predicate: null,
    isUnique: false,
    isPrimary: false,
    isConstraint: false,
    isValid: true,
    isBeingBuilt: false,
    sameness: "t_a",
    definition: "",
    scans: 0,
    bytes: 8_192,
    isPartition: false,
    isPartitioned: false,
  };
  const judge = (indexes: readonly Index[], days: number, columns: readonly string[] = []) =>
    indexUnused.run(
      {
        indexes,
        age: [{ days }],
        keys: columns.map((column) => ({
          schema: "public",
          table: "t",
          constraint: "k",
          columns: [column],
          parent: "p",
        })),
      },
      {} as never,
    );

  it("is not applicable while the counters are young, as on a new server", async () => {
    expect(await askOne({ url: server.url }, indexUnused)).toMatchObject({ status: "not applicable" });
  });

  it("names what a month of counting did not see used", () => {
    expect(judge([plain], 31)).toMatchObject({
      status: "fail",
      fix: expect.stringContaining("drop index concurrently t_a;"),
      measured: { bytes: 8_192 },
    });
    expect(judge([{ ...plain, scans: 1 }], 31)).toMatchObject({ status: "pass" });
  });

  it("never names unique ones or those a foreign key needs", () => {
    expect(judge([{ ...plain, isUnique: true }], 31)).toMatchObject({ status: "pass" });
    expect(judge([plain], 31, ["a"])).toMatchObject({ status: "pass" });
  });
});
