import type { Person } from "../accounts/person.ts";
import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Route } from "../http/route.ts";
import { EVERYBODY, type Publish } from "../live/publish.ts";

export function readerRoutes({ database, publish }: { database: Database; publish: Publish }): Route[] {
  return [
    {
      method: "GET",
      path: "/api/readers",
      access: "public",
      limit: { requests: 120, seconds: 10 },
      async handle() {
        const readers = await database.asPerson("", (query) =>
          query(
            `select person_id as id, display_name as "displayName", headline, rate_minor as "rateMinor", currency
             from reader where available and not is_probe order by display_name limit 100`,
          ),
        );
        return json(200, { readers });
      },
    },
    {
      method: "PUT",
      path: "/api/readers/me",
      access: "reader",
      async handle({ person, body, headers }) {
        const me = person as Person;
        const { headline, rateMinor, available } = parseJson(body, headers["content-type"]);
        if (
          typeof rateMinor !== "number" ||
          !Number.isInteger(rateMinor) ||
          rateMinor < 1 ||
          rateMinor > 100_000
        ) {
          throw new Refusal(400, "bad-rate", "rateMinor is whole cents a minute, from 1 to 100000");
        }
        await database.asPerson(me.id, (query) =>
          query(
            `insert into reader (person_id, display_name, headline, rate_minor, available, is_probe)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (person_id) do update set display_name = excluded.display_name,
               headline = excluded.headline, rate_minor = excluded.rate_minor, available = excluded.available`,
            [
              me.id,
              me.displayName,
              String(headline ?? "").slice(0, 200),
              rateMinor,
              available !== false,
              me.isProbe,
            ],
          ),
        );
        if (!me.isProbe) await publish(EVERYBODY, { kind: "readers" });
        return json(200, { id: me.id, rateMinor });
      },
    },
  ];
}
