import type { Query } from "../database.ts";
import { Refusal } from "../http/answer.ts";
import { type Event, GRACE_SECONDS, next, type State, TICK_SECONDS } from "./state.ts";

export interface Session {
  readonly id: string;
  readonly clientId: string;
  readonly readerId: string;
  readonly state: State;
  readonly rateMinor: bigint;
  readonly minutesBilled: number;
  readonly nextTickAt: Date | null;
  readonly graceUntil: Date | null;
  readonly endReason: string | null;
  readonly isProbe: boolean;
}

/** Whether the minute that was last paid for is still running. */
export function isPaidNow({ nextTickAt }: Session, nowMs: number): boolean {
  return nextTickAt !== null && nextTickAt.getTime() > nowMs;
}

export const SESSION_COLUMNS = `id, client_id as "clientId", reader_id as "readerId", state,
  rate_minor as "rateMinor", minutes_billed as "minutesBilled", next_tick_at as "nextTickAt",
  grace_until as "graceUntil", end_reason as "endReason", is_probe as "isProbe"`;

/** The session with its row locked until the transaction ends; undefined when there is none. */
export async function lockSession(query: Query, id: string): Promise<Session | undefined> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) return undefined;
  const [session] = await query<Session>(
    `select ${SESSION_COLUMNS} from reading_session where id = $1 for update`,
    [id],
  );
  return session;
}

/** Writes what an event does to a locked session. Throws Refusal 409 when it cannot happen now. */
export async function apply(query: Query, session: Session, event: Event): Promise<State> {
  const state = next(session.state, event);
  if (!state) throw new Refusal(409, "wrong-state", `a session that is ${session.state} cannot be ${event}`);
  if (state !== session.state) {
    await query(`update reading_session set state = $2, ${CHANGES[state]} where id = $1`, [
      session.id,
      state,
      ...(state === "ended" ? [event] : []),
    ]);
  }
  return state;
}

const CHANGES: Readonly<Record<State, string>> = {
  requested: "requested_at = now()",
  // Whoever comes back within a minute that is paid for goes on with it.
  active: `activated_at = coalesce(activated_at, now()), grace_until = null,
    next_tick_at = case when next_tick_at > now() then next_tick_at else now() + interval '${TICK_SECONDS} seconds' end`,
  grace: `grace_until = now() + interval '${GRACE_SECONDS} seconds'`,
  ended: "next_tick_at = null, grace_until = null, ended_at = now(), end_reason = $3",
  finalized: "finalized_at = now()",
};
