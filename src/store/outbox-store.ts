import type { Kysely, Transaction } from "kysely";
import type { OutboxRow, OutgoingMessage } from "../model/alert.ts";
import type { Notice } from "../model/channel.ts";
import type { OutboxStore } from "./alert-stores.ts";
import type { OutboxTableRow } from "./alert-tables.ts";
import { addEvents } from "./incident-events.ts";
import { idOf, numberOf } from "./numbered-id.ts";
import { storedJson } from "./stored-json.ts";
import type { Tables } from "./tables.ts";

export function createOutboxStore(db: Kysely<Tables>): OutboxStore {
  const one = (environment: string, number: number) =>
    db.updateTable("outbox").where("environment", "=", environment).where("number", "=", number);
  return {
    add: (environment, messages, at) =>
      db.transaction().execute((transaction) => addMessages(transaction, { environment, messages, at })),
    claim: async (environment, { now, until, by, channel }) => {
      // Oldest first: what was told first arrives first, and one that must wait holds back what follows it.
      const row = await db
        .selectFrom("outbox")
        .selectAll()
        .where("environment", "=", environment)
        .where("channel", "=", channel)
        .where("state", "=", "waiting")
        .orderBy("number")
        .limit(1)
        .executeTakeFirst();
      if (!row) return undefined;
      if (row.next_at > now) return { dueAt: row.next_at };
      if (storedJson<Notice>(row.notice_json) === undefined) {
        // Left waiting it would hold back everything behind it.
        await one(environment, row.number).set({ state: "dead", error: UNREADABLE }).execute();
        return { dueAt: now };
      }
      const { numUpdatedRows } = await one(environment, row.number)
        .set({ claimed_by: by, claimed_until: until, attempts: row.attempts + 1 })
        .where("state", "=", "waiting")
        .where((column) => column.or([column("claimed_by", "is", null), column("claimed_until", "<=", now)]))
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) return { dueAt: Math.max(now, row.claimed_until) };
      return { row: toOutboxRow({ ...row, attempts: row.attempts + 1 }) };
    },
    releaseClaims: async (environment, by) => {
      await db
        .updateTable("outbox")
        .set({ claimed_by: null, claimed_until: 0 })
        .where("environment", "=", environment)
        .where("claimed_by", "=", by)
        .where("state", "=", "waiting")
        .execute();
    },
    giveUpOthers: async (environment, channels) => {
      const gone = db.updateTable("outbox").where("environment", "=", environment);
      const others = channels.length === 0 ? gone : gone.where("channel", "not in", channels);
      await others
        .set({ state: "dead", error: "the channel is declared no more" })
        .where("state", "=", "waiting")
        .execute();
    },
    sent: (row, { at, receipt }) =>
      db.transaction().execute(async (transaction) => {
        const { environment, number, incident, channel, notice } = row;
        await transaction
          .updateTable("outbox")
          .set({ state: "sent", sent_at: at, receipt, error: null, claimed_by: null })
          .where("environment", "=", environment)
          .where("number", "=", number)
          .execute();
        if (incident === undefined) return;
        await transaction
          .updateTable("incident")
          .set({ told_at: at })
          .where("environment", "=", environment)
          .where("number", "=", numberOf("i", incident) ?? 0)
          .where("told_at", "is", null)
          .execute();
        const text = `${channel}: ${notice.kind}, ${notice.title} (${receipt})`;
        await addEvents(transaction, environment, [{ incident, at, kind: "told", by: undefined, text }]);
      }),
    failed: async ({ environment, number }, { nextAt, error }) => {
      await one(environment, number)
        .set(
          nextAt === undefined
            ? { state: "dead", error, claimed_by: null }
            : { next_at: nextAt, error, claimed_by: null },
        )
        .execute();
    },
    hurry: async (environment, now) => {
      await db
        .updateTable("outbox")
        .set({ next_at: now, claimed_by: null, claimed_until: 0 })
        .where("environment", "=", environment)
        .where("state", "=", "waiting")
        .where("next_at", ">", now)
        .execute();
    },
    retry: async (environment, number, at) => {
      const { numUpdatedRows } = await one(environment, number)
        .set({ state: "waiting", next_at: at, attempts: 0, claimed_by: null })
        .where("state", "=", "dead")
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    list: async (environment, { state, incident, limit = 50 } = {}) => {
      let query = db.selectFrom("outbox").selectAll().where("environment", "=", environment);
      if (state !== undefined) query = query.where("state", "=", state);
      if (incident !== undefined) query = query.where("incident", "=", numberOf("i", incident) ?? 0);
      return (await query.orderBy("number", "desc").limit(limit).execute()).map(toOutboxRow);
    },
    byKey: async (environment, key) => {
      const rows = await db
        .selectFrom("outbox")
        .selectAll()
        .where("environment", "=", environment)
        .where("message_key", "=", key)
        .orderBy("number")
        .execute();
      return rows.map(toOutboxRow);
    },
  };
}

/** A message that is there already is not written twice. */
export async function addMessages(
  db: Transaction<Tables>,
  { environment, messages, at }: { environment: string; messages: readonly OutgoingMessage[]; at: number },
): Promise<void> {
  if (messages.length === 0) return;
  const last = await db
    .selectFrom("outbox")
    .select((column) => column.fn.max("number").as("number"))
    .where("environment", "=", environment)
    .executeTakeFirst();
  const first = (last?.number ?? 0) + 1;
  const rows = messages.map(({ channel, incident, notice }, index): OutboxTableRow => {
    return {
      environment,
      number: first + index,
      message_key: notice.key,
      channel,
      incident: incident === undefined ? null : (numberOf("i", incident) ?? null),
      notice_json: JSON.stringify(notice),
      state: "waiting",
      attempts: 0,
      created_at: at,
      next_at: at,
      sent_at: null,
      receipt: null,
      error: null,
      claimed_by: null,
      claimed_until: 0,
    };
  });
  await db
    .insertInto("outbox")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["environment", "channel", "message_key"]).doNothing())
    .execute();
}

const UNREADABLE = "what was kept of it cannot be read";

function unreadableNotice({ environment, message_key, created_at }: OutboxTableRow): Notice {
  return {
    key: message_key,
    thread: message_key,
    kind: "firing",
    severity: "P3",
    launch: "",
    environment,
    title: UNREADABLE,
    facts: [],
    at: created_at,
  };
}

function toOutboxRow(row: OutboxTableRow): OutboxRow {
  return {
    environment: row.environment,
    number: row.number,
    channel: row.channel,
    incident: row.incident === null ? undefined : idOf("i", row.incident),
    notice: storedJson<Notice>(row.notice_json) ?? unreadableNotice(row),
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    nextAt: row.next_at,
    sentAt: row.sent_at ?? undefined,
    receipt: row.receipt ?? undefined,
    error: row.error ?? undefined,
  };
}
