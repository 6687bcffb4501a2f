import type { Database, Query } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Route } from "../http/route.ts";
import { tellRoom } from "../live/tell.ts";
import { ownRoom } from "../rooms/room.ts";

interface Poll {
  readonly id: string;
  readonly room: string;
  readonly question: string;
  readonly options: readonly string[];
}

const MOST_OPTIONS = 8;

export function pollRoutes(database: Database): Route[] {
  const pollFor = async (person: string, id = ""): Promise<Poll> => {
    if (!/^[0-9a-f-]{36}$/i.test(id)) throw new Refusal(404, "no-such-poll", "there is no such poll");
    const [poll] = await database.asPerson(person, (query) =>
      query<Poll & { closed: boolean }>(
        `select id, room_id as room, question, options, closed_at is not null or archived_at is not null as closed
         from polls where id = $1`,
        [id],
      ),
    );
    if (!poll) throw new Refusal(404, "no-such-poll", "there is no such poll in your rooms");
    if (poll.closed) throw new Refusal(410, "poll-closed", "this poll is over");
    return poll;
  };
  return [
    {
      method: "POST",
      path: "/api/rooms/:code/polls",
      access: "signed in",
      async handle({ person, params, body, headers }) {
        const room = await ownRoom(database, person, params.code ?? "");
        if (room.hostId !== person) throw new Refusal(403, "not-the-host", "only the host asks");
        const { question, options } = parseJson(body, headers["content-type"]);
        if (typeof question !== "string" || !isChoice(options))
          throw new Refusal(400, "bad-poll", `a poll has a question and 2 to ${MOST_OPTIONS} options`);
        const [poll] = await database.asSystem((query) =>
          query<Poll>(
            `insert into polls (room_id, host_id, question, options) values ($1, $2, $3, $4)
             returning id, room_id as room, question, options`,
            [room.id, person, question, options],
          ),
        );
        if (!poll) throw new Error("the poll was not written");
        await database.asSystem((query) => tellRoom(query, room.id, "poll:opened", poll));
        return json(201, poll);
      },
    },
    {
      method: "POST",
      path: "/api/polls/:id/votes",
      access: "signed in",
      async handle({ person, params, body, headers }) {
        const poll = await pollFor(person, params.id);
        const { choice } = parseJson(body, headers["content-type"]);
        if (!Number.isInteger(choice) || Number(choice) < 0 || Number(choice) >= poll.options.length)
          throw new Refusal(400, "bad-choice", "choose one of the options");
        await database.asPerson(person, (query) =>
          query(
            `insert into poll_votes (poll_id, person_id, choice) values ($1, $2, $3)
             on conflict (poll_id, person_id) do update set choice = excluded.choice`,
            [poll.id, person, choice],
          ),
        );
        const results = await database.asSystem(async (query) => {
          const counted = await resultsOf(query, poll);
          await tellRoom(query, poll.room, "poll:results", { id: poll.id, results: counted });
          return counted;
        });
        return json(200, { id: poll.id, results });
      },
    },
    {
      method: "GET",
      path: "/api/polls/:id",
      access: "signed in",
      async handle({ person, params }) {
        const poll = await pollFor(person, params.id);
        return json(200, { ...poll, results: await database.asSystem((query) => resultsOf(query, poll)) });
      },
    },
  ];
}

/** How many chose each option, in the order of the options. */
async function resultsOf(query: Query, { id, options }: Poll): Promise<number[]> {
  const rows = await query<{ choice: number; count: number }>(
    "select choice, count(*)::int as count from poll_votes where poll_id = $1 group by choice",
    [id],
  );
  const counts = new Map(rows.map(({ choice, count }) => [choice, count]));
  return options.map((_, at) => counts.get(at) ?? 0);
}

function isChoice(options: unknown): options is string[] {
  return (
    Array.isArray(options) &&
    options.length >= 2 &&
    options.length <= MOST_OPTIONS &&
    options.every((each) => typeof each === "string" && each.length > 0 && each.length <= 80)
  );
}
