import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSql, sqlWriter } from "./read-sql.ts";
import { hazardsOf } from "./rules.ts";

// The oracle: squawk itself, over migrations of our own. It knows no table sizes, so neither do we here.

const require = createRequire(import.meta.url);
/** Only its program: the package that chooses among platforms names some that cannot be had everywhere. */
const SQUAWK = join(dirname(require.resolve("@squawk-cli/linux-x64/package.json")), "bin/squawk");
const write = await sqlWriter();

/** Rules that are about locks and about what the live release still uses; the others are matters of taste. */
const RULES = [
  "adding-field-with-default",
  "adding-foreign-key-constraint",
  "adding-not-nullable-field",
  "adding-required-field",
  "adding-serial-primary-key-field",
  "ban-drop-column",
  "ban-drop-database",
  "ban-drop-table",
  "ban-truncate-cascade",
  "changing-column-type",
  "constraint-missing-not-valid",
  "disallowed-unique-constraint",
  "prefer-repack",
  "renaming-column",
  "renaming-table",
  "require-concurrent-index-creation",
  "require-concurrent-index-deletion",
  "require-concurrent-partition-detach",
  "require-concurrent-reindex",
];

const STATEMENTS = `
create index reader_name on reader (name)
create unique index on shop."Reader" (lower(name)) where active
create index concurrently reader_name on reader (name)
create index if not exists reader_name on only reader using gin (tags)
drop index reader_name
drop index if exists shop.reader_name, other_name
drop index concurrently if exists reader_name
reindex table reader
reindex index concurrently reader_name
reindex (verbose) index reader_name
alter table reader add column note text
alter table reader add column note text not null
alter table reader add column note text not null default 'none'
alter table reader add column at timestamptz not null default now()
alter table reader add column token uuid not null default gen_random_uuid()
alter table reader add column token uuid default uuid_generate_v4()
alter table reader add column roll float default random()
alter table reader add column id bigserial primary key
alter table reader add column twice int generated always as (rate * 2) stored
alter table reader add column shop_id bigint references shop (id)
alter table reader add column code text unique
alter table reader add column note text, add column other text not null
alter table reader alter column name set not null
alter table reader alter column name drop not null
alter table reader alter column name type varchar(20)
alter table reader alter column rate set data type bigint using rate::bigint
alter table reader alter column rate set default 3
alter table reader drop column name
alter table reader drop column if exists name cascade
alter table reader drop constraint reader_shop
alter table reader rename column name to title
alter table reader rename name to title
alter table reader rename to person
alter table reader rename constraint a to b
alter index reader_name rename to reader_title
alter table reader add constraint reader_shop foreign key (shop_id) references shop (id)
alter table reader add constraint reader_shop foreign key (shop_id) references shop (id) not valid
alter table reader validate constraint reader_shop
alter table reader add constraint positive check (rate > 0)
alter table reader add check (rate > 0) not valid
alter table reader add constraint one unique (name)
alter table reader add constraint one unique using index reader_name
alter table reader add primary key (id)
alter table reader add constraint pk primary key using index reader_pk
alter table reader detach partition reader_2024
alter table reader detach partition reader_2024 concurrently
alter table reader enable row level security
drop table reader
drop table if exists reader, shop.person cascade
truncate reader cascade
truncate reader
drop database shop
vacuum full reader
vacuum (full, analyze) reader
vacuum analyze reader
cluster reader using reader_name
create table fresh (id bigint primary key, shop_id bigint not null references shop (id))
insert into reader (name) values ('alter table reader drop column name')
update reader set name = upper(name)
comment on table reader is 'drop table reader'
grant select on reader to app
create function f() returns int language sql begin atomic select 1; end
do $$ begin execute 'drop table reader'; end $$
`
  .trim()
  .split("\n");

interface Violation {
  readonly line: number;
  readonly rule_name: string;
}

/** Rules by line, counted from 0. */
function squawkRules(sql: string): Map<number, string[]> {
  const args = [
    "--reporter",
    "json",
    // The version whose REPACK it recommends in their place.
    "--pg-version",
    "19",
    "--include",
    "prefer-repack",
    "--stdin-filepath",
    "oracle.sql",
  ];
  let text: string;
  try {
    text = execFileSync(SQUAWK, args, { input: sql, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
  } catch (thrown) {
    // It exits with 1 when it has found something.
    text = (thrown as { stdout: string }).stdout;
  }
  const found = new Map<number, string[]>();
  for (const { line, rule_name } of JSON.parse(text) as Violation[]) {
    if (RULES.includes(rule_name)) found.set(line, [...(found.get(line) ?? []), rule_name]);
  }
  return found;
}

async function ourRules(sql: string): Promise<string[]> {
  const [statement] = await readSql(sql);
  expect(statement?.unreadable, sql).toBeUndefined();
  const found = statement?.node ? hazardsOf(statement.node, write) : [];
  return found.map(({ rule }) => rule).filter((rule) => RULES.includes(rule));
}

describe("squawk, asked about the same statements", () => {
  const theirs = squawkRules(`${STATEMENTS.join(";\n")};\n`);

  it.each(STATEMENTS.map((sql, line) => [sql, line] as const))("%s", async (sql, line) => {
    const once = (rules: readonly string[]) => {
      const names = [...new Set(rules)].toSorted();
      // Of a foreign key or unique constraint squawk says this on top of that constraint's own rule.
      return names.length > 1 ? names.filter((name) => name !== "constraint-missing-not-valid") : names;
    };
    expect(once(await ourRules(sql))).toEqual(once(theirs.get(line) ?? []));
  });
});
