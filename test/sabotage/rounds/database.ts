import type { Round } from "../sabotage.ts";

const PROBE = "00000000-0000-4000-8000-0000000000a1";

export const database: Round = {
  name: "in the database that runs",
  look: "check",
  sabotages: [
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
          sql: `create index cut_off on person (display_name);
            update pg_index set indisvalid = false where indexrelid = 'cut_off'::regclass`,
          undo: "drop index cut_off",
        },
      ],
      turns: { "db/postgres.index.invalid": "failing" },
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
      name: "change a balance by hand",
      changes: [
        {
          sql: `update wallet set balance_minor = balance_minor + 1 where person_id = '${PROBE}'`,
          undo: `update wallet set balance_minor = balance_minor - 1 where person_id = '${PROBE}'`,
        },
      ],
      turns: { "db/postgres.ledger.invariant": "failing" },
    },
  ],
};
