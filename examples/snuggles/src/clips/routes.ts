import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Route } from "../http/route.ts";
import { ownRoom } from "../rooms/room.ts";
import { findHighlights } from "./highlights.ts";
import { CLIP_TYPES, type ClipStorage, type ClipType, MOST_CLIP_BYTES } from "./storage.ts";

interface Clip {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly key: string | null;
}

const COLUMNS = "id, title, status, object_key as key";
export function clipRoutes({ database, storage }: { database: Database; storage: ClipStorage }): Route[] {
  const shown = ({ key, ...clip }: Clip) => ({ ...clip, url: key === null ? null : storage.publicUrl(key) });
  const clipFor = async (person: string, id = ""): Promise<Clip> => {
    if (!/^[0-9a-f-]{36}$/i.test(id)) throw new Refusal(404, "no-such-clip", "there is no such clip");
    const [clip] = await database.asPerson(person, (query) =>
      query<Clip>(`select ${COLUMNS} from clips where id = $1`, [id]),
    );
    if (!clip) throw new Refusal(404, "no-such-clip", "there is no such clip of yours");
    return clip;
  };
  return [
    {
      method: "GET",
      path: "/api/rooms/:code/highlights",
      access: "signed in",
      async handle({ person, params }) {
        const { id } = await ownRoom(database, person, params.code ?? "");
        const messages = await database.asPerson(person, (query) =>
          query<{ body: string; at: Date }>(
            "select body, created_at as at from room_messages where room_id = $1 order by id desc limit 500",
            [id],
          ),
        );
        return json(200, { highlights: findHighlights(messages) });
      },
    },
    {
      method: "POST",
      path: "/api/clips",
      access: "signed in",
      quota: "clips",
      async handle({ person, body, headers }) {
        const { title, room } = parseJson(body, headers["content-type"]);
        if (typeof title !== "string" || title.trim() === "" || title.length > 80)
          throw new Refusal(400, "bad-title", "a clip's title has 1 to 80 characters");
        const { id: roomId } = await ownRoom(database, person, String(room ?? ""));
        const [clip] = await database.asPerson(person, (query) =>
          query<Clip>(
            `insert into clips (owner_id, room_id, title) values ($1, $2, $3) returning ${COLUMNS}`,
            [person, roomId, title.trim()],
          ),
        );
        if (!clip) throw new Error("the clip was not written");
        return json(202, shown(clip));
      },
    },
    {
      method: "POST",
      path: "/api/clips/uploads",
      access: "signed in",
      limit: { requests: 20, seconds: 60 },
      maxBodyBytes: MOST_CLIP_BYTES,
      async handle({ person, body, headers, id }) {
        const type = String(headers["content-type"] ?? "").split(";")[0] ?? "";
        if (!CLIP_TYPES.includes(type as ClipType))
          throw new Refusal(415, "bad-type", `a clip is one of ${CLIP_TYPES.join(", ")}`);
        if (body.length === 0) throw new Refusal(400, "empty", "there is nothing in it");
        const key = `${person}/upload-${id}`;
        await storage.put(key, body, type as ClipType);
        return json(201, { key, url: storage.publicUrl(key) });
      },
    },
    {
      method: "DELETE",
      path: "/api/files/:owner/:file",
      access: "signed in",
      async handle({ person, params: { owner = "", file = "" } }) {
        if (owner !== person) throw new Refusal(403, "not-your-folder", "only files of your own folder");
        if (!/^[\w.-]{1,100}$/.test(file)) throw new Refusal(400, "bad-name", "no such file name");
        await storage.remove(`${owner}/${file}`);
        return json(200, { removed: true });
      },
    },
    {
      method: "GET",
      path: "/api/clips/:id",
      access: "signed in",
      handle: async ({ person, params }) => json(200, shown(await clipFor(person, params.id))),
    },
    {
      method: "DELETE",
      path: "/api/clips/:id",
      access: "signed in",
      async handle({ person, params }) {
        const { id, key } = await clipFor(person, params.id);
        const gone = await database.asPerson(person, (query) =>
          query("delete from clips where id = $1 and owner_id = $2 returning id", [id, person]),
        );
        if (gone.length === 0) throw new Refusal(403, "not-yours", "only the owner removes a clip");
        if (key !== null) await storage.remove(key);
        return json(200, { removed: true });
      },
    },
  ];
}
