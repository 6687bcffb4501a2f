import type { Database } from "../database.ts";
import { type Answer, json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Request, Route } from "../http/route.ts";
import type { Person } from "../people/person.ts";
import type { Settings } from "../settings.ts";
import { ticketFor } from "./ticket.ts";
import type { OpenVideo } from "./video.ts";

const LIST_SECONDS = 5;
const NO_STREAM = () => new Refusal(404, "no-such-stream", "there is no such stream");

export interface StreamRow {
  readonly id: string;
  readonly title: string;
  readonly price_minor: string;
  readonly owner_id: string;
  readonly ended_at: Date | null;
}

/** Creators' spaces and streams; what is on is public, a ticket is for whoever has a pass. */
export function streamRoutes(world: {
  database: Database;
  openVideo: OpenVideo;
  settings: Settings;
}): Route[] {
  const { database, openVideo, settings } = world;
  /** What is on changes slowly, and a thousand people ask for it at eight. */
  let shown: { readonly until: number; readonly streams: object[] } | undefined;
  return [
    {
      method: "GET",
      path: "/api/streams",
      access: "public",
      limit: { requests: 120, seconds: 10 },
      async handle() {
        if (shown && shown.until > performance.now()) return list(shown.streams);
        // One query for all of it: a stream with its space's name.
        const streams = await database.asPerson("", (query) =>
          query(
            `select s.id, s.title, s.price_minor::int as "priceMinor", p.name as space
             from stream s join space p on p.id = s.space_id
             where s.ended_at is null and not s.is_probe order by s.created_at desc limit 50`,
          ),
        );
        shown = { until: performance.now() + 1_000 * LIST_SECONDS, streams };
        return list(streams);
      },
    },
    {
      method: "POST",
      path: "/api/spaces",
      access: "signed in",
      limit: { requests: 60, seconds: 60 },
      async handle({ person, body, headers }) {
        const { id } = person as Person;
        const name = wordsOf(parseJson(body, headers["content-type"]).name, 80);
        const [space] = await database.asPerson(id, (query) =>
          query("insert into space (owner_id, name) values ($1, $2) returning id, name", [id, name]),
        );
        return json(201, space);
      },
    },
    {
      method: "POST",
      path: "/api/spaces/:id/streams",
      access: "signed in",
      limit: { requests: 60, seconds: 60 },
      async handle(request) {
        const { id } = request.person as Person;
        const {
          title: given,
          priceMinor,
          isProbe,
        } = parseJson(request.body, request.headers["content-type"]);
        const title = wordsOf(given, 120);
        if (
          typeof priceMinor !== "number" ||
          !Number.isInteger(priceMinor) ||
          priceMinor < 100 ||
          priceMinor > 100_000
        )
          throw new Refusal(400, "bad-price", "priceMinor is whole cents, from 100 to 100000");
        const space = idOf(request);
        const [own] = await database.asPerson(id, (query) =>
          query("select id from space where id = $1 and owner_id = $2", [space, id]),
        );
        if (!own) throw new Refusal(404, "no-such-space", "there is no such space among yours");
        const playback = await openVideo(title);
        const [stream] = await database.asPerson(id, (query) =>
          query(
            `insert into stream (space_id, title, price_minor, playback_id, is_probe) values ($1, $2, $3, $4, $5)
             returning id, title, price_minor::int as "priceMinor"`,
            [space, title, priceMinor, playback, isProbe === true],
          ),
        );
        return json(201, stream);
      },
    },
    {
      method: "POST",
      path: "/api/streams/:id/ticket",
      access: "signed in",
      limit: { requests: 120, seconds: 60 },
      async handle(request) {
        const { id: personId } = request.person as Person;
        const stream = await streamOf(database, idOf(request));
        if (stream.ended_at) throw new Refusal(410, "stream-over", "this stream is over");
        const isCreator = stream.owner_id === personId;
        const [pass] = await database.asPerson(personId, (query) =>
          query("select id from access_pass where stream_id = $1 and person_id = $2", [stream.id, personId]),
        );
        if (!isCreator && !pass) throw new Refusal(402, "no-pass", "buy a pass first");
        return json(201, await ticketFor(settings, { personId, streamId: stream.id, isCreator }));
      },
    },
    {
      method: "DELETE",
      path: "/api/streams/:id",
      access: "signed in",
      async handle(request) {
        const { id } = request.person as Person;
        const ended = await database.asPerson(id, (query) =>
          query("update stream set ended_at = now() where id = $1 and ended_at is null returning id", [
            idOf(request),
          ]),
        );
        if (ended.length === 0) throw NO_STREAM();
        return { status: 204 };
      },
    },
  ];
}

function list(streams: object[]): Answer {
  return json(200, { streams }, { "cache-control": `public, max-age=${LIST_SECONDS}` });
}

/** Throws Refusal 404. */
export async function streamOf(database: Database, id: string): Promise<StreamRow> {
  const [stream] = await database.asPerson("", (query) =>
    query<StreamRow>(
      `select s.id, s.title, s.price_minor, p.owner_id, s.ended_at
       from stream s join space p on p.id = s.space_id where s.id = $1`,
      [id],
    ),
  );
  if (!stream) throw NO_STREAM();
  return stream;
}

export function idOf({ params }: Request): string {
  const { id = "" } = params;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw NO_STREAM();
  return id;
}

function wordsOf(value: unknown, most: number): string {
  if (typeof value !== "string" || value.trim() === "" || value.length > most)
    throw new Refusal(400, "bad-words", `send 1 to ${most} characters`);
  return value.trim();
}
