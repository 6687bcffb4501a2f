import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Route } from "../http/route.ts";
import { tellRoom } from "../live/tell.ts";
import { joinRoom, leaveRoom, openRoom, ownRoom, participantsOf } from "./room.ts";

const MOST_PARTICIPANTS = 50;
const RECENT = 50;

export function roomRoutes(database: Database): Route[] {
  return [
    {
      method: "POST",
      path: "/api/rooms",
      access: "signed in",
      quota: "rooms",
      async handle({ person, body, headers }) {
        const { name, maxParticipants = 10 } = parseJson(body, headers["content-type"]);
        if (typeof name !== "string" || name.trim() === "" || name.length > 60)
          throw new Refusal(400, "bad-name", "a room's name has 1 to 60 characters");
        if (
          !Number.isInteger(maxParticipants) ||
          Number(maxParticipants) < 2 ||
          Number(maxParticipants) > MOST_PARTICIPANTS
        )
          throw new Refusal(400, "bad-size", `a room holds 2 to ${MOST_PARTICIPANTS}`);
        const room = await openRoom(database, person, {
          name: name.trim(),
          maxParticipants: Number(maxParticipants),
        });
        return json(201, room);
      },
    },
    {
      method: "POST",
      path: "/api/rooms/:code/join",
      access: "signed in",
      async handle({ person, params }) {
        const room = await joinRoom(database, person, params.code ?? "");
        const participants = await database.asSystem((query) => participantsOf(query, room.id));
        return json(200, { ...room, participants });
      },
    },
    {
      method: "POST",
      path: "/api/rooms/:code/leave",
      access: "signed in",
      async handle({ person, params }) {
        await leaveRoom(database, person, params.code ?? "");
        return json(200, { left: true });
      },
    },
    {
      method: "GET",
      path: "/api/rooms/:code/messages",
      access: "signed in",
      async handle({ person, params }) {
        const { id } = await ownRoom(database, person, params.code ?? "");
        const messages = await database.asPerson(person, (query) =>
          query(
            `select id, person_id as "from", body, created_at as at from room_messages
             where room_id = $1 order by id desc limit ${RECENT}`,
            [id],
          ),
        );
        return json(200, { messages: messages.reverse() });
      },
    },
    {
      method: "POST",
      path: "/api/rooms/:code/messages",
      access: "signed in",
      limit: { requests: 120, seconds: 60 },
      async handle({ person, params, body, headers }) {
        const { text } = parseJson(body, headers["content-type"]);
        if (typeof text !== "string" || text.trim() === "" || text.length > 1_000)
          throw new Refusal(400, "bad-text", "a message has 1 to 1000 characters");
        return json(201, await say(database, { person, code: params.code ?? "", text }));
      },
    },
  ];
}

/** Writes a message and tells everybody in the room. */
export async function say(
  database: Database,
  { person, code, text }: { person: string; code: string; text: string },
): Promise<{ id: string; from: string; body: string }> {
  const { id: room } = await ownRoom(database, person, code);
  const [message] = await database.asPerson(person, (query) =>
    query<{ id: string; from: string; body: string }>(
      `insert into room_messages (room_id, person_id, body) values ($1, $2, $3) returning id, person_id as "from", body`,
      [room, person, text],
    ),
  );
  if (!message) throw new Error("the message was not written");
  await database.asSystem(async (query) => {
    await query("update rooms set last_active_at = now() where id = $1", [room]);
    await tellRoom(query, room, "room:message", message);
  });
  return message;
}
