import type { Database } from "../database.ts";

/** In this order nothing is left that points at nobody; a room goes with its host. */
const STATEMENTS = [
  "delete from poll_votes where person_id = $1 or poll_id in (select id from polls where host_id = $1)",
  "delete from polls where host_id = $1",
  "delete from clip_shares where person_id = $1 or clip_id in (select id from clips where owner_id = $1)",
  "delete from clips where owner_id = $1",
  "delete from room_messages where person_id = $1 or room_id in (select id from rooms where host_id = $1)",
  "delete from room_participants where person_id = $1 or room_id in (select id from rooms where host_id = $1)",
  "delete from rooms where host_id = $1",
  "delete from usage_quotas where person_id = $1",
  "delete from subscriptions where person_id = $1",
  "delete from payment_history where person_id = $1",
  "delete from person where id = $1",
];

/** Removes everything we keep of somebody; the keys of their files in the bucket are what is left to remove. */
export async function removeAccount(database: Database, person: string): Promise<string[]> {
  return await database.asSystem(async (query) => {
    const files = await query<{ key: string }>(
      "select object_key as key from clips where owner_id = $1 and object_key is not null",
      [person],
    );
    for (const statement of STATEMENTS) await query(statement, [person]);
    return files.map(({ key }) => key);
  });
}
