import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Request, Route } from "../http/route.ts";
import type { Publish } from "../live/publish.ts";
import type { Person } from "../people/person.ts";

interface Dream {
  readonly id: string;
  readonly personId: string;
  readonly title: string;
  readonly body: string;
  readonly revision: number;
}

const COLUMNS = `id, person_id as "personId", title, body, revision`;
const NOT_YOURS = () => new Refusal(404, "no-such-dream", "there is no such dream among yours");

/** Row-level security decides who sees a dream: its owner and whom they share it with. */
export function dreamRoutes({ database, publish }: { database: Database; publish: Publish }): Route[] {
  const as = <T>({ person }: Request, work: Parameters<typeof database.asPerson<T>>[1]) =>
    database.asPerson((person as Person).id, work);
  return [
    {
      method: "GET",
      path: "/api/prompts",
      access: "public",
      limit: { requests: 120, seconds: 10 },
      handle: () => json(200, { prompts: ["Who was there?", "What did you feel?", "How did it end?"] }),
    },
    {
      method: "GET",
      path: "/api/dreams",
      access: "signed in",
      async handle(request) {
        const search = `%${(request.query.get("q") ?? "").slice(0, 100).replace(/[%_\\]/g, "\\$&")}%`;
        const dreams = await as(request, (query) =>
          query<Dream>(
            `select ${COLUMNS} from dream where title ilike $1 order by dreamt_on desc, id desc limit 50`,
            [search],
          ),
        );
        return json(200, { dreams });
      },
    },
    {
      method: "POST",
      path: "/api/dreams",
      access: "signed in",
      limit: { requests: 120, seconds: 60 },
      async handle(request) {
        const { title, body } = dreamOf(request);
        const [dream] = await as(request, (query) =>
          query<Dream>(
            `insert into dream (person_id, title, body) values ($1, $2, $3) returning ${COLUMNS}`,
            [request.person?.id, title, body],
          ),
        );
        return json(201, dream);
      },
    },
    {
      method: "GET",
      path: "/api/dreams/:id",
      access: "signed in",
      async handle(request) {
        const [dream] = await as(request, (query) =>
          query<Dream>(`select ${COLUMNS} from dream where id = $1`, [idOf(request)]),
        );
        if (!dream) throw NOT_YOURS();
        return json(200, dream);
      },
    },
    {
      method: "PUT",
      path: "/api/dreams/:id",
      access: "signed in",
      async handle(request) {
        const { title, body } = dreamOf(request);
        const [dream] = await as(request, (query) =>
          query<Dream>(
            `update dream set title = $2, body = $3, revision = revision + 1 where id = $1 returning ${COLUMNS}`,
            [idOf(request), title, body],
          ),
        );
        if (!dream) throw NOT_YOURS();
        const people = await database.asSystem((query) =>
          query<{ id: string }>(
            "select person_id as id from dream_share where dream_id = $1 union select $2::uuid",
            [dream.id, dream.personId],
          ),
        );
        for (const { id } of people)
          await publish(id, { kind: "dream", dreamId: dream.id, revision: dream.revision });
        return json(200, dream);
      },
    },
    {
      method: "DELETE",
      path: "/api/dreams/:id",
      access: "signed in",
      async handle(request) {
        const gone = await as(request, (query) =>
          query("delete from dream where id = $1 returning id", [idOf(request)]),
        );
        if (gone.length === 0) throw NOT_YOURS();
        return { status: 204 };
      },
    },
    {
      method: "POST",
      path: "/api/dreams/:id/shares",
      access: "signed in",
      async handle(request) {
        const { email } = parseJson(request.body, request.headers["content-type"]);
        const owner = (request.person as Person).id;
        const shared = await database.asSystem((query) =>
          query(
            `insert into dream_share (dream_id, person_id)
             select d.id, p.id from dream d, person p
             where d.id = $1 and d.person_id = $2 and p.email = lower($3) and p.id <> $2
             on conflict do nothing returning dream_id`,
            [idOf(request), owner, String(email)],
          ),
        );
        if (shared.length === 0) throw NOT_YOURS();
        return { status: 204 };
      },
    },
  ];
}

export function idOf({ params }: Request): string {
  const { id = "" } = params;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw NOT_YOURS();
  return id;
}

function dreamOf({ body: bytes, headers }: Request): { title: string; body: string } {
  const { title, body = "" } = parseJson(bytes, headers["content-type"]);
  if (typeof title !== "string" || title.trim() === "" || title.length > 200)
    throw new Refusal(400, "bad-title", "a title has 1 to 200 characters");
  if (typeof body !== "string" || body.length > 20_000)
    throw new Refusal(400, "bad-body", "a dream has at most 20000 characters");
  return { title: title.trim(), body };
}
