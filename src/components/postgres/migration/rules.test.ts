import { describe, expect, it } from "vitest";
import type { Table } from "../table/facts.ts";
import { review } from "./review.ts";
import { hazardsOf } from "./rules.ts";

const rules = (sql: string) => hazardsOf(sql).map(({ rule }) => rule);

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
    ["alter table t add primary key (a)", ["disallowed-unique-constraint"]],
    ["alter table t drop column if exists a", ["ban-drop-column"]],
    ["alter table t drop constraint k", []],
    ["alter table t alter column a drop not null", []],
    ["alter table t rename a to b", ["renaming-column"]],
    ["alter table t rename column a to b", ["renaming-column"]],
    ["alter table t rename to u", ["renaming-table"]],
    ["alter table t rename constraint a to b", []],
    ["drop table if exists t", ["ban-drop-table"]],
    ["truncate t", ["ban-drop-table"]],
    ["lock table t", ["no-lock"]],
    ["vacuum full t", ["no-vacuum"]],
    ["alter table t enable row level security", []],
    ['ALTER TABLE ONLY "T" ADD COLUMN a int, ALTER COLUMN b SET NOT NULL', ["adding-not-nullable-field"]],
    ["insert into t values ('alter table t drop column a')", []],
    ["create table t (a int not null references p)", []],
  ])("%s", (sql, expected) => {
    expect(rules(sql)).toEqual(expected);
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
  const found = (text: string, name = "7.sql") =>
    review([{ name, text }], tables, { smallTableRows: 10_000, firstSchema: "public" }).map(
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
  ])("%s", (_, sql, count) => {
    expect(found(sql)).toHaveLength(count);
  });

  it("tells file and line, and heeds the comment that accepts a rule", () => {
    const sql =
      "select 1;\n\n-- squawk-ignore require-concurrent-index-creation\ncreate index on large (a);\ncreate index on large (b);";
    expect(found(sql)).toEqual(["7.sql:5 require-concurrent-index-creation"]);
    expect(found("-- squawk-ignore ban-drop-column\ncreate index on large (a)")).toHaveLength(1);
  });

  it("knows that concurrently is refused inside a transaction", () => {
    const rule = "7.sql:2 ban-concurrent-index-creation-in-transaction";
    expect(found("begin;\ncreate index concurrently on small (a);\ncommit;")).toEqual([rule]);
    expect(found("begin;\ncommit;\ncreate index concurrently on small (a);")).toEqual([]);
  });
});
