import type { Query } from "../database.ts";

export const LIVE_CHANNEL = "live";

export interface LiveEvent {
  readonly room: string;
  readonly event: string;
  readonly data: unknown;
}

/** Postgres carries 8,000 bytes in one notice. */
const MOST_BYTES = 7_900;

/** Tells every instance, and by it every page in the room, once the transaction is done. What is too long is asked for. */
export async function tellRoom(query: Query, room: string, event: string, data: unknown): Promise<void> {
  const whole = JSON.stringify({ room, event, data });
  const payload =
    Buffer.byteLength(whole) <= MOST_BYTES ? whole : JSON.stringify({ room, event, data: null });
  await query("select pg_notify($1, $2)", [LIVE_CHANNEL, payload]);
}
