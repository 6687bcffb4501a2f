import { describe, expect, it } from "vitest";
import type { Index } from "../index/facts.ts";
import type { Table } from "../table/facts.ts";
import { readSql, sqlWriter } from "./read-sql.ts";
import { review } from "./review.ts";
import { hazardsOf } from "./rules.ts";

const write = await sqlWriter();

async function hazards(sql: string) {
  return (await readSql(sql)).flatMap(({ node }) => (node ? hazardsOf(node, write) : []));
}

describe("hazards of a statement", () => {
  it.each([
    ["create index on t (a)", ["require-concurrent-index-creation"]],
    ["create unique index if not exists i on only s.t (a)", ["require-concurrent-index-creation"]],
    ["create index concurrently on t (a)", []],
    ["alter table t add column a int not null", ["adding-required-field"]],
    ["alter table t add a int not null default 0", []],
    ["alter table t add column a int", []],
    ["alter table t add column a timestamptz default now()", []],
    ["alter table t add column a uuid default gen_random_uuid()", ["adding-field-with-default"]],
    ["alter table t add column id bigserial", ["adding-field-with-default"]],
    ["alter table t add column b int generated always as (a * 2) stored", ["adding-field-with-default"]],
    ["alter table t alter column a set not null", ["adding-not-nullable-field"]],
    ["alter table t alter a type bigint", ["changing-column-type"]],
    ["alter table t alter column a set data type text", ["changing-column-type"]],
    ["alter table t add constraint k foreign key (a) references p", ["adding-foreign-key-constraint"]],
    ["alter table t add column a int references p", ["adding-foreign-key-constraint"]],
    ["alter table t add constraint k foreign key (a) references p not valid", []],
    ["alter table t validate constraint k", []],
    ["alter table t add check (a > 0)", ["constraint-missing-not-valid"]],
    ["alter table t add constraint k check (a > 0) not valid", []],
    ["alter table t add constraint u unique (a)", ["disallowed-unique-constraint"]],
    ["alter table t add constraint u unique using index t_a", []],
    ["alter table t add primary key (a)", ["adding-serial-primary-key-field"]],
    ["alter table t drop column if exists a", ["ban-drop-column"]],
    ["alter table t drop constraint k", []],
    ["alter table t alter column a drop not null", []],
    ["alter table t rename a to b", ["renaming-column"]],
    ["alter table t rename column a to b", ["renaming-column"]],
    ["alter table t rename to u", ["renaming-table"]],
    ["alter table t rename constraint a to b", []],
    ["drop table if exists t", ["ban-drop-table"]],
    ["truncate t", ["ban-truncate"]],
    ["lock table t", ["no-lock"]],
    ["vacuum full t", ["prefer-repack"]],
    ["alter table t enable row level security", []],
    ['ALTER TABLE ONLY "T" ADD COLUMN a int, ALTER COLUMN b SET NOT NULL', ["adding-not-nullable-field"]],
    ["insert into t values ('alter table t drop column a')", []],
    ["create table t (a int not null references p)", []],
  ])("%s", async (sql, expected) => {
    expect((await hazards(sql)).map(({ rule }) => rule)).toEqual(expected);
  });
});

describe("the safe way is written in the user's own names", () => {
  it.each([
    [
      "create unique index i on only S.t (lower(b)) where x",
      "CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY s.t ((lower(b))) WHERE x; (outside a transaction)",
    ],
    [
      'alter table "T" add constraint k foreign key (a) references p (id) on delete cascade',
      'ALTER TABLE "T" ADD CONSTRAINT k FOREIGN KEY(a) REFERENCES p (id) ON DELETE CASCADE NOT VALID; then, in a migration of its own: alter table "T" validate constraint k',
    ],
    [
      "alter table s.t add constraint u unique (a, b)",
      "create unique index concurrently u on s.t (a, b); then alter table s.t add constraint u unique using index u",
    ],
    [
      "alter table t alter a set not null",
      "alter table t add constraint a_not_null check (a is not null) not valid; then validate constraint a_not_null in a migration of its own; then alter column a set not null, which takes no time",
    ],
    ["reindex table t", "REINDEX (CONCURRENTLY) TABLE t"],
    ["alter table t detach partition t_1", "alter table t detach partition t_1 concurrently"],
  ])("%s", async (sql, safer) => {
    expect((await hazards(sql)).map((hazard) => hazard.safer)).toEqual([safer]);
  });
});

describe("text that is not only SQL", () => {
  const statements = async (text: string) =>
    (await readSql(text)).map(({ line, unreadable, node }) => [
      line,
      unreadable === undefined,
      Object.keys(node ?? {})[0],
    ]);

  it("is read without psql's own lines, placeholders and the way back", async () => {
    expect(
      await statements(
        "\\set x 1\ndrop table $%{schema}.a;\n-- migrate:down\ndrop table b;".replace("%", ""),
      ),
    ).toEqual([[2, true, "DropStmt"]]);
    expect(await statements("-- +goose Up\ncreate table a ();\n-- +goose Down\ndrop table a;")).toEqual([
      [2, true, "CreateStmt"],
    ]);
  });

  it("hides nothing but itself when it cannot be read", async () => {
    expect(await statements("drop table a;\nthis is no SQL;\ndrop table b;")).toEqual([
      [1, true, "DropStmt"],
      [2, false, undefined],
      [3, true, "DropStmt"],
    ]);
  });

  it("keeps the semicolons of a function's body", async () => {
    const text =
      "create function f() returns int language sql begin atomic select 1; select 2; end;\ndrop table ä;";
    expect(await statements(text)).toEqual([
      [1, true, "CreateFunctionStmt"],
      [2, true, "DropStmt"],
    ]);
  });
});

describe("the review of pending migrations", () => {
  const table = (name: string, rows: number, change: Partial<Table> = {}) =>
    ({
      schema: "public",
      table: name,
      rows,
      liveRows: Math.max(0, rows),
      bytes: rows * 100,
      ...change,
    }) as Table;
  const tables = [
    table("large", 2_000_000),
    table("small", 20),
    table("Odd Name", 50_000),
    table("fresh", -1, { bytes: 9e8 }),
  ];
  const indexes = [{ schema: "public", table: "large", index: "large_a" } as Index];
  const ground = { tables, indexes, smallTableRows: 10_000, firstSchema: "public", write };
  const found = async (text: string) =>
    review([{ name: "7.sql", statements: await readSql(text) }], ground).map(
      ({ where, rule }) => `${where} ${rule}`,
    );

  it.each([
    ["a large table", "create index on large (a)", 1],
    ["its name in capitals", "CREATE INDEX ON Large (a)", 1],
    ["its name with a schema", "create index on public.large (a)", 1],
    ["a small table", "create index on small (a)", 0],
    ["a table that is made in the same migration", "create table new (a int); create index on new (a)", 0],
    ["a quoted name", 'create index on "Odd Name" (a)', 1],
    ["the same name unquoted", "create index on odd_name (a)", 0],
    ["a table nobody has analysed, but which is large on disk", "create index on fresh (a)", 1],
    ["a required column on a small table that has rows", "alter table small add a int not null", 1],
    ["a dropped column of a small table", "alter table small drop column a", 1],
    ["an index of a large table", "drop index large_a", 1],
    ["an index of no table here", "drop index other_a", 0],
    [
      "a foreign key from a small table to a large one",
      "alter table small add foreign key (a) references large",
      1,
    ],
  ])("%s", async (_, sql, count) => {
    expect(await found(sql)).toHaveLength(count);
  });

  it("tells file and line, and heeds the comment that accepts a rule", async () => {
    const sql =
      "select 1;\n\n-- squawk-ignore require-concurrent-index-creation\ncreate index on large (a);\ncreate index on large (b);";
    expect(await found(sql)).toEqual(["7.sql:5 require-concurrent-index-creation"]);
    expect(await found("-- squawk-ignore ban-drop-column\ncreate index on large (a)")).toHaveLength(1);
  });

  it("knows that concurrently is refused inside a transaction", async () => {
    const rule = "7.sql:2 ban-concurrent-index-creation-in-transaction";
    expect(await found("begin;\ncreate index concurrently on small (a);\ncommit;")).toEqual([rule]);
    expect(await found("begin;\ncommit;\ncreate index concurrently on small (a);")).toEqual([]);
  });
});
