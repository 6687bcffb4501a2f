import type { Database, Query } from "../database.ts";
import { Refusal } from "../http/answer.ts";
import { tellRoom } from "../live/tell.ts";
import { newRoomCode } from "./code.ts";

export interface Room {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly hostId: string;
  readonly maxParticipants: number;
  readonly isActive: boolean;
}

const COLUMNS = `id, code, name, host_id as "hostId", max_participants as "maxParticipants", is_active as "isActive"`;
const TRIES = 4;

/** A room with a code of its own; its host is its first participant. */
export async function openRoom(
  database: Database,
  host: string,
  { name, maxParticipants }: { name: string; maxParticipants: number },
): Promise<Room> {
  for (let left = TRIES; left > 0; left--) {
    const room = await database.asSystem(async (query) => {
      const [made] = await query<Room>(
        `insert into rooms (code, name, host_id, max_participants, is_probe)
         select $1, $2, id, $4, is_probe from person where id = $3
         on conflict (code) do nothing returning ${COLUMNS}`,
        [newRoomCode(), name, host, maxParticipants],
      );
      if (made)
        await query("insert into room_participants (room_id, person_id) values ($1, $2)", [made.id, host]);
      return made;
    });
    if (room) return room;
  }
  throw new Error("no free room code was found");
}

/** The room of a code; throws Refusal 404 or 410. */
export async function roomOfCode(query: Query, code: string): Promise<Room> {
  const [room] = await query<Room>(`select ${COLUMNS} from rooms where code = $1`, [code.toUpperCase()]);
  if (!room) throw new Refusal(404, "no-such-room", "no room has this code");
  if (!room.isActive) throw new Refusal(410, "room-closed", "this room is closed");
  return room;
}

/** As whoever takes part in it; throws Refusal 403 for everybody else. */
export async function ownRoom(database: Database, person: string, code: string): Promise<Room> {
  const room = await database.asSystem((query) => roomOfCode(query, code));
  const [mine] = await database.asPerson(person, (query) =>
    query("select 1 from room_participants where room_id = $1 and left_at is null", [room.id]),
  );
  if (!mine) throw new Refusal(403, "not-in-this-room", "join the room first");
  return room;
}

/** Takes the last place once, however many ask for it at the same time. */
export async function joinRoom(database: Database, person: string, code: string): Promise<Room> {
  return await database.asSystem(async (query) => {
    const { id } = await roomOfCode(query, code);
    const [room] = await query<Room>(
      `update rooms set last_active_at = now() where id = $1 returning ${COLUMNS}`,
      [id],
    );
    if (!room) throw new Refusal(404, "no-such-room", "no room has this code");
    const inside = await participantsOf(query, id);
    if (inside.some((each) => each.id === person)) return room;
    if (inside.length >= room.maxParticipants)
      throw new Refusal(409, "room-full", "everybody is there already");
    await query(
      `insert into room_participants (room_id, person_id) values ($1, $2)
       on conflict (room_id, person_id) do update set left_at = null`,
      [id, person],
    );
    await tellRoom(query, id, "room:participants", await participantsOf(query, id));
    return room;
  });
}

export async function leaveRoom(database: Database, person: string, code: string): Promise<void> {
  await database.asSystem(async (query) => {
    const { id } = await roomOfCode(query, code);
    await query("update room_participants set left_at = now() where room_id = $1 and person_id = $2", [
      id,
      person,
    ]);
    await tellRoom(query, id, "room:participants", await participantsOf(query, id));
  });
}

export async function participantsOf(query: Query, room: string): Promise<{ id: string; name: string }[]> {
  return await query(
    `select p.id, p.display_name as name from room_participants r join person p on p.id = r.person_id
     where r.room_id = $1 and r.left_at is null order by r.joined_at`,
    [room],
  );
}
