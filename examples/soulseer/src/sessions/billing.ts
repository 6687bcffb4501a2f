import type { Database, Query } from "../database.ts";
import type { Publish } from "../live/publish.ts";
import { type Log, reasonOf } from "../log.ts";
import type { Queue } from "../queue/queue.ts";
import { move } from "../wallet/ledger.ts";
import { apply, lockSession, SESSION_COLUMNS, type Session } from "./session.ts";
import { READER_SHARE, REQUEST_SECONDS, TICK_SECONDS } from "./state.ts";

interface World {
  readonly database: Database;
  readonly queue: Queue;
  readonly publish: Publish;
  readonly log: Log;
}

/** Debits one minute of one session; its key makes the same minute cost nothing the second time. */
export async function billMinute(query: Query, session: Session): Promise<"paid" | "unpaid"> {
  const moved = await move(query, {
    personId: session.clientId,
    amountMinor: -session.rateMinor,
    kind: "reading",
    idempotencyKey: `session:${session.id}:minute:${session.minutesBilled + 1}`,
    sessionId: session.id,
  });
  if (!moved.moved && moved.why !== "already") return "unpaid";
  if (moved.moved) {
    await query("update reading_session set minutes_billed = minutes_billed + 1 where id = $1", [session.id]);
  }
  return "paid";
}

/**
 * Bills every session whose minute has begun. Two workers at once take different rows (SKIP LOCKED), and a
 * session that waited through an outage is billed for each minute it lasted.
 */
export async function billDueSessions({
  database,
  publish,
  log,
}: World): Promise<{ billed: number; unpaid: number }> {
  const count = { billed: 0, unpaid: 0 };
  for (;;) {
    const done = await database.asSystem(async (query) => {
      const [session] = await query<Session>(
        `select ${SESSION_COLUMNS} from reading_session
         where state = 'active' and not is_probe and next_tick_at <= now()
         order by next_tick_at limit 1 for update skip locked`,
      );
      if (!session) return undefined;
      const outcome = await billMinute(query, session);
      if (outcome === "paid") {
        await query(
          `update reading_session set next_tick_at = next_tick_at + interval '${TICK_SECONDS} seconds' where id = $1`,
          [session.id],
        );
      }
      const state = await apply(query, session, outcome);
      return { session, outcome, state };
    });
    if (!done) return count;
    const { session, outcome, state } = done;
    count[outcome === "paid" ? "billed" : "unpaid"] += 1;
    log.info("minute billed", { session: session.id, outcome, state });
    await tell(publish, session, state);
  }
}

/** Ends what waited too long: grace that ran out, requests nobody answered. */
export async function sweep({ database, queue, publish, log }: World): Promise<number> {
  let ended = 0;
  for (;;) {
    const session = await database.asSystem(async (query) => {
      const [found] = await query<Session>(
        `select ${SESSION_COLUMNS} from reading_session where not is_probe and (
           (state = 'grace' and grace_until <= now())
           or (state = 'requested' and requested_at <= now() - interval '${REQUEST_SECONDS} seconds'))
         limit 1 for update skip locked`,
      );
      if (found) await apply(query, found, found.state === "grace" ? "grace over" : "never answered");
      return found;
    });
    if (!session) break;
    ended += 1;
    log.info("session ended", { session: session.id, was: session.state });
    await queue.add({ kind: "finalize", sessionId: session.id });
    await tell(publish, session, "ended");
  }
  await requeueForgotten({ database, queue });
  return ended;
}

/** A job lost with Redis is found again in the database. */
async function requeueForgotten({ database, queue }: Pick<World, "database" | "queue">): Promise<void> {
  const forgotten = await database.asSystem((query) =>
    query<{ id: string }>(
      `select id from reading_session where state = 'ended' and not is_probe
       and ended_at < now() - interval '2 minutes' order by ended_at limit 100`,
    ),
  );
  for (const { id } of forgotten) await queue.add({ kind: "finalize", sessionId: id });
}

/** Pays the reader and closes the books on a session: once, whoever asks and however often. */
export async function finalize({ database, publish, log }: World, sessionId: string): Promise<void> {
  const session = await database.asSystem(async (query) => {
    const found = await lockSession(query, sessionId);
    if (found?.state !== "ended") return undefined;
    const payout = (found.rateMinor * BigInt(found.minutesBilled) * READER_SHARE) / 100n;
    if (payout > 0n) {
      await query("insert into wallet (person_id) values ($1) on conflict (person_id) do nothing", [
        found.readerId,
      ]);
      await move(query, {
        personId: found.readerId,
        amountMinor: payout,
        kind: "payout",
        idempotencyKey: `session:${found.id}:payout`,
        sessionId: found.id,
      });
    }
    await apply(query, found, "settled");
    return found;
  });
  if (!session) return;
  log.info("session finalized", { session: session.id, minutes: session.minutesBilled });
  await tell(publish, session, "finalized").catch((thrown: unknown) => {
    log.warn("nobody was told", { reason: reasonOf(thrown) });
  });
}

async function tell(publish: Publish, { id, clientId, readerId }: Session, state: string): Promise<void> {
  await Promise.all(
    [clientId, readerId].map((person) => publish(person, { kind: "session", sessionId: id, state })),
  );
}
