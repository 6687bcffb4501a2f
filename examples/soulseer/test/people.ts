import type { TestDatabase } from "./services.ts";

/** A person with a wallet that holds so many cents, put there by a proper entry. */
export async function person({ admin }: TestDatabase, name: string, cents = 0): Promise<string> {
  const [row] = await admin(
    "insert into person (issuer, subject, display_name) values ('test', $1::text || gen_random_uuid(), $1::text) returning id",
    [name],
  );
  const id = String(row?.id);
  const [wallet] = await admin("insert into wallet (person_id, balance_minor) values ($1, $2) returning id", [
    id,
    cents,
  ]);
  if (cents > 0) {
    await admin(
      "insert into ledger_entry (wallet_id, amount_minor, kind, idempotency_key) values ($1::uuid, $2, 'top-up', 'start:' || $1::uuid::text)",
      [wallet?.id, cents],
    );
  }
  return id;
}

export async function reader(world: TestDatabase, name: string, rateCents: number): Promise<string> {
  const id = await person(world, name);
  await world.admin("update person set role = 'reader' where id = $1", [id]);
  await world.admin("insert into reader (person_id, display_name, rate_minor) values ($1, $2, $3)", [
    id,
    name,
    rateCents,
  ]);
  return id;
}

/** An active session whose next minute was due so many seconds ago. */
export async function activeSession(
  { admin }: TestDatabase,
  given: { client: string; reader: string; rateCents: number; dueSecondsAgo: number },
): Promise<string> {
  const [row] = await admin(
    `insert into reading_session (client_id, reader_id, rate_minor, state, activated_at, next_tick_at)
     values ($1, $2, $3, 'active', now() - interval '1 hour', now() - make_interval(secs => $4)) returning id`,
    [given.client, given.reader, given.rateCents, given.dueSecondsAgo],
  );
  return String(row?.id);
}

export async function balance({ admin }: TestDatabase, id: string): Promise<number> {
  const [row] = await admin("select balance_minor from wallet where person_id = $1", [id]);
  return Number(row?.balance_minor);
}

/** Every audit that finds something, by name; empty when all books are right. */
export async function troubles({ database }: TestDatabase): Promise<string[]> {
  const audits = [
    "wallets_off_ledger",
    "negative_balances",
    "orphan_sessions",
    "minutes_off_ledger",
    "missed_ticks",
    "stuck_sessions",
  ];
  const found: string[] = [];
  for (const audit of audits) {
    const rows = await database.asPerson("", (query) => query(`select * from audit_${audit}()`));
    if (rows.length > 0) found.push(audit);
  }
  return found;
}
