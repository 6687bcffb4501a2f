import type { Query } from "../database.ts";

export type EntryKind = "top-up" | "reading" | "payout" | "refund" | "adjustment" | "probe";

/** One movement of money. Positive credits, negative debits; whole minor units (cents). */
export interface Movement {
  readonly personId: string;
  readonly amountMinor: bigint;
  readonly kind: EntryKind;
  /** The same key twice is the same movement: it is written once. */
  readonly idempotencyKey: string;
  readonly sessionId?: string;
}

export type Moved =
  | { readonly moved: true; readonly balanceMinor: bigint }
  | { readonly moved: false; readonly why: "already" | "insufficient" | "no wallet" };

/**
 * Writes one entry and the balance it leads to, inside the caller's transaction (as the system). The wallet's row
 * is locked first, so two movements of one wallet stand in line and the balance always equals the sum.
 */
export async function move(query: Query, movement: Movement): Promise<Moved> {
  const { personId, amountMinor, kind, idempotencyKey, sessionId } = movement;
  const [wallet] = await query<{ id: string; balance_minor: bigint }>(
    "select id, balance_minor from wallet where person_id = $1 for update",
    [personId],
  );
  if (!wallet) return { moved: false, why: "no wallet" };
  const [known] = await query("select 1 from ledger_entry where idempotency_key = $1", [idempotencyKey]);
  if (known) return { moved: false, why: "already" };
  const balanceMinor = wallet.balance_minor + amountMinor;
  if (balanceMinor < 0n) return { moved: false, why: "insufficient" };
  const written = await query(
    `insert into ledger_entry (wallet_id, amount_minor, kind, idempotency_key, session_id)
     values ($1, $2, $3, $4, $5) on conflict (idempotency_key) do nothing returning id`,
    [wallet.id, amountMinor, kind, idempotencyKey, sessionId ?? null],
  );
  // Another wallet took the same key between our look and our insert.
  if (written.length === 0) return { moved: false, why: "already" };
  await query("update wallet set balance_minor = $2 where id = $1", [wallet.id, balanceMinor]);
  return { moved: true, balanceMinor };
}

export async function balanceOf(query: Query, personId: string): Promise<bigint> {
  const [row] = await query<{ balance_minor: bigint }>(
    "select balance_minor from wallet where person_id = $1",
    [personId],
  );
  return row?.balance_minor ?? 0n;
}

export interface Entry {
  readonly id: bigint;
  readonly amountMinor: bigint;
  readonly kind: EntryKind;
  readonly sessionId: string | null;
  readonly at: Date;
}

/** Newest first. */
export async function entriesOf(query: Query, personId: string, limit: number): Promise<Entry[]> {
  return query<Entry>(
    `select e.id, e.amount_minor as "amountMinor", e.kind, e.session_id as "sessionId", e.created_at as at
     from ledger_entry e join wallet w on w.id = e.wallet_id
     where w.person_id = $1 order by e.id desc limit $2`,
    [personId, limit],
  );
}
