import type { Database } from "../database.ts";
import { json } from "../http/answer.ts";
import { clearCookie, SESSION_COOKIE } from "../http/cookies.ts";
import type { Route } from "../http/route.ts";
import type { Person } from "./person.ts";

const TABLES = [
  ["spaces", "select id, name, created_at from space where owner_id = $1"],
  ["passes", "select stream_id, created_at from access_pass where person_id = $1"],
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
          { "content-disposition": 'attachment; filename="backstage.json"' },
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
