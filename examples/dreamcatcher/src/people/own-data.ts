import type { Database } from "../database.ts";
import { json } from "../http/answer.ts";
import { clearCookie, SESSION_COOKIE } from "../http/cookies.ts";
import type { Route } from "../http/route.ts";
import type { Person } from "./person.ts";

const TABLES = [
  [
    "dreams",
    "select id, title, body, dreamt_on, created_at from dream where person_id = $1 order by created_at",
  ],
  ["shares", "select dream_id, created_at from dream_share where person_id = $1"],
  ["reflections", "select dream_id, words, created_at from reflection where person_id = $1"],
  ["consents", "select purpose, given, created_at from consent where person_id = $1"],
  ["signIns", "select provider, created_at from outside_account where person_id = $1"],
] as const;

/** What people may ask of us by law: all we hold about them, and its end (GDPR articles 15, 17 and 20). */
export function ownDataRoutes({ database }: { database: Database }): Route[] {
  return [
    {
      method: "GET",
      path: "/api/me/export",
      access: "signed in",
      limit: { requests: 20, seconds: 60 },
      async handle({ person }) {
        const { id } = person as Person;
        const data = await database.asPerson(id, async (query) => {
          const found: Record<string, unknown> = {};
          for (const [name, sql] of TABLES) found[name] = await query(sql, [id]);
          return found;
        });
        return json(
          200,
          { person, ...data },
          { "content-disposition": 'attachment; filename="dreams.json"' },
        );
      },
    },
    {
      method: "DELETE",
      path: "/api/me",
      access: "signed in",
      async handle({ person }) {
        const { id } = person as Person;
        await database.asPerson(id, (query) => query("delete from person where id = $1", [id]));
        return { status: 204, headers: { "set-cookie": clearCookie(SESSION_COOKIE) } };
      },
    },
  ];
}
