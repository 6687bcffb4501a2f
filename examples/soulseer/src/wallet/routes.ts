import type { Person } from "../accounts/person.ts";
import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Route } from "../http/route.ts";
import type { OpenCheckout } from "./checkout.ts";
import { balanceOf, entriesOf } from "./ledger.ts";

const LEAST_MINOR = 100;
const MOST_MINOR = 50_000;

export function walletRoutes({
  database,
  openCheckout,
}: {
  database: Database;
  openCheckout: OpenCheckout;
}): Route[] {
  return [
    {
      method: "GET",
      path: "/api/wallet",
      access: "signed in",
      async handle({ person }) {
        const { id } = person as Person;
        const wallet = await database.asPerson(id, async (query) => ({
          balanceMinor: await balanceOf(query, id),
          currency: "usd",
          entries: await entriesOf(query, id, 50),
        }));
        return json(200, wallet);
      },
    },
    {
      method: "POST",
      path: "/api/wallet/checkouts",
      access: "signed in",
      limit: { requests: 20, seconds: 60 },
      async handle({ person, body, headers, origin }) {
        const { id: personId } = person as Person;
        const { amountMinor } = parseJson(body, headers["content-type"]);
        const whole = typeof amountMinor === "number" && Number.isInteger(amountMinor);
        if (!whole || amountMinor < LEAST_MINOR || amountMinor > MOST_MINOR) {
          throw new Refusal(
            400,
            "bad-amount",
            `amountMinor is whole cents, from ${LEAST_MINOR} to ${MOST_MINOR}`,
          );
        }
        const given = headers["idempotency-key"];
        if (typeof given !== "string" || !/^[\w-]{8,80}$/.test(given)) {
          throw new Refusal(
            400,
            "no-key",
            "send an Idempotency-Key: the same one again opens the same checkout",
          );
        }
        const idempotencyKey = `${personId}:${given}`;
        return json(201, await openCheckout({ personId, amountMinor, origin, idempotencyKey }));
      },
    },
  ];
}
