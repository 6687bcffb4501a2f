import type { ClipStorage } from "../clips/storage.ts";
import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Route } from "../http/route.ts";
import type { Quotas } from "../quotas/quota.ts";
import { removeAccount } from "./remove.ts";
import type { Tokens } from "./tokens.ts";

export function accountRoutes(world: {
  database: Database;
  tokens: Tokens;
  quotas: Quotas;
  storage: ClipStorage;
}): Route[] {
  const { database, tokens, quotas, storage } = world;
  return [
    {
      method: "POST",
      path: "/api/accounts",
      access: "public",
      limit: { requests: 20, seconds: 60 },
      async handle({ body, headers }) {
        const { name } = parseJson(body, headers["content-type"]);
        if (typeof name !== "string" || name.trim() === "" || name.length > 40)
          throw new Refusal(400, "bad-name", "a name has 1 to 40 characters");
        const [person] = await database.asSystem((query) =>
          query<{ id: string }>("insert into person (display_name) values ($1) returning id", [name.trim()]),
        );
        if (!person) throw new Error("the account was not written");
        return json(201, { id: person.id, name: name.trim(), token: await tokens.sign(person.id) });
      },
    },
    {
      method: "DELETE",
      path: "/api/me",
      access: "signed in",
      async handle({ person }) {
        const keys = await removeAccount(database, person);
        for (const key of keys) await storage.remove(key);
        return json(200, { removed: true });
      },
    },
    {
      method: "GET",
      path: "/api/me",
      access: "signed in",
      async handle({ person }) {
        const [me] = await database.asPerson(person, (query) =>
          query<{ id: string; name: string }>("select id, display_name as name from person where id = $1", [
            person,
          ]),
        );
        if (!me) throw new Refusal(401, "no-account", "this account is gone");
        return json(200, { ...me, ...(await quotas.of(person)) });
      },
    },
  ];
}
