import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Route } from "../http/route.ts";
import type { OpenCheckout } from "./checkout.ts";

interface Tier {
  readonly tier: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly quotas: Readonly<Record<string, number>>;
}

const TIERS = `select tier, display_name as name, price_minor::int as "priceMinor", quotas
  from tier_features order by price_minor`;

export function subscriptionRoutes(world: { database: Database; openCheckout: OpenCheckout }): Route[] {
  const { database, openCheckout } = world;
  const tiers = () => database.asPerson("", (query) => query<Tier>(TIERS));
  return [
    {
      method: "GET",
      path: "/api/tiers",
      access: "public",
      limit: { requests: 120, seconds: 10 },
      handle: async () => json(200, { currency: "usd", tiers: await tiers() }),
    },
    {
      method: "GET",
      path: "/api/subscription",
      access: "signed in",
      async handle({ person }) {
        const [subscription] = await database.asPerson(person, (query) =>
          query("select tier, status from subscriptions where person_id = $1", [person]),
        );
        return json(200, subscription ?? { tier: "free", status: "active" });
      },
    },
    {
      method: "POST",
      path: "/api/subscription/checkout",
      access: "signed in",
      limit: { requests: 20, seconds: 60 },
      async handle({ person, body, headers, origin, id }) {
        const { tier: wanted } = parseJson(body, headers["content-type"]);
        // The price is ours to say: whatever else the request holds is not read.
        const tier = (await tiers()).find((each) => each.tier === wanted && each.priceMinor > 0);
        if (!tier) throw new Refusal(400, "no-such-tier", "choose premium or pro");
        return json(201, await openCheckout({ person, tier, origin, idempotencyKey: `${person}:${id}` }));
      },
    },
  ];
}
