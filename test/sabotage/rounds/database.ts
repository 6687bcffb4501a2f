import type { Sabotage } from "../sabotage.ts";

const PROBE = "00000000-0000-4000-8000-0000000000a1";

export const database: readonly Sabotage[] = [
  {
    name: "drop the index of a foreign key",
    changes: [
      {
        sql: "drop index ledger_entry_session",
        undo: "create index ledger_entry_session on ledger_entry (session_id) where session_id is not null",
      },
    ],
    turns: { "db/postgres.index.foreign-key": "warning" },
  },
  {
    name: "leave an index behind whose build was cut off",
    changes: [
      {
        sql: `create index cut_off on person (email);
            update pg_index set indisvalid = false where indexrelid = 'cut_off'::regclass`,
        undo: "drop index cut_off",
      },
    ],
    turns: { "db/postgres.index.invalid": "failing" },
  },
  {
    name: "make the same index twice",
    changes: [
      {
        sql: "create index ledger_again on ledger_entry (wallet_id, id); create index ledger_and_again on ledger_entry (wallet_id, id)",
        undo: "drop index ledger_again; drop index ledger_and_again",
      },
    ],
    turns: { "db/postgres.index.duplicate": "warning" },
  },
  {
    name: "take row-level security off the wallets",
    changes: [
      {
        sql: "alter table wallet disable row level security",
        undo: "alter table wallet enable row level security",
      },
    ],
    turns: { "db/postgres.rls.enabled": "failing", "db/postgres.rls.proof": "failing" },
  },
  {
    name: "let everybody write everybody's profile",
    changes: [
      {
        sql: "create policy open_door on person for insert with check (true)",
        undo: "drop policy open_door on person",
      },
    ],
    turns: { "db/postgres.rls.always-true": "failing" },
  },
  {
    name: "show all sessions through a view",
    changes: [
      {
        sql: "create view all_sessions as select * from reading_session; grant select on all_sessions to soulseer_app",
        undo: "drop view all_sessions",
      },
    ],
    turns: { "db/postgres.view.security-definer": "failing" },
  },
  {
    name: "run a function as its owner, whatever the search path",
    changes: [
      {
        sql: "create function open_door() returns int language sql security definer as 'select 1'",
        undo: "drop function open_door()",
      },
    ],
    turns: { "db/postgres.function.search-path": "warning" },
  },
  {
    name: "let anybody create tables",
    changes: [
      {
        sql: "grant create on schema public to public",
        undo: "revoke create on schema public from public",
      },
    ],
    turns: { "db/postgres.role.public-schema-create": "warning" },
  },
  {
    name: "use a counter up",
    changes: [
      {
        sql: "alter sequence ledger_entry_id_seq maxvalue 1000; select setval('ledger_entry_id_seq', 900)",
        undo: "alter sequence ledger_entry_id_seq no maxvalue",
      },
    ],
    turns: { "db/postgres.sequence.headroom": "failing" },
  },
  {
    name: "keep a table without a primary key",
    changes: [
      {
        sql: "create table note (text text, created_at timestamptz not null default now())",
        undo: "drop table note",
      },
    ],
    turns: { "db/postgres.table.primary-key": "warning" },
  },
  {
    name: "let a statement run for ever",
    changes: [
      {
        sql: "alter role soulseer_app set statement_timeout = 0",
        undo: "alter role soulseer_app set statement_timeout = '15s'",
      },
    ],
    turns: { "db/postgres.pool.timeouts": "failing" },
  },
  {
    name: "open more connections than the server has",
    changes: [
      {
        in: "gonogo.config.ts",
        replace: "pool: { maxPerInstance: 5 }",
        by: "pool: { maxPerInstance: 60 }",
      },
    ],
    turns: { "db/postgres.pool.budget": "failing" },
  },
  {
    name: "change a balance by hand",
    changes: [
      {
        sql: `update wallet set balance_minor = balance_minor + 1 where person_id = '${PROBE}'`,
        undo: `update wallet set balance_minor = balance_minor - 1 where person_id = '${PROBE}'`,
      },
    ],
    turns: { "db/postgres.ledger.invariant": "failing" },
  },
  {
    name: "bring a migration that was not applied",
    changes: [
      {
        write: "migrations/008_notes.sql",
        text: "create table margin (id int primary key, created_at timestamptz not null default now());\n",
      },
    ],
    turns: { "db/postgres.migration.applied": "failing" },
  },
];

export const superuser: readonly Sabotage[] = [
  {
    name: "bill a minute twice",
    changes: [
      {
        // Evened out by another entry, so that the wallet's own rule holds.
        sql: `insert into ledger_entry (wallet_id, amount_minor, kind, idempotency_key, session_id)
          select wallet_id, amount_minor * sign, twice.kind, 'again:' || twice.kind, session_id
          from (select * from ledger_entry where kind = 'reading' limit 1) as billed,
            (values (1, 'reading'), (-1, 'probe')) as twice (sign, kind)`,
        undo: `set session_replication_role = replica;
          delete from ledger_entry where idempotency_key like 'again:%'`,
      },
    ],
    turns: { "db/postgres.ledger.invariant": "failing" },
  },
  {
    name: "let the application be a superuser",
    changes: [{ sql: "alter role soulseer_app superuser", undo: "alter role soulseer_app nosuperuser" }],
    turns: { "db/postgres.role.least-privilege": "failing", "db/postgres.rls.proof": "failing" },
  },
];
