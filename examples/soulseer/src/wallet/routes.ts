import type { Database } from "../database.ts";
import { json } from "../http/answer.ts";
import type { Route } from "../http/route.ts";
import { balanceOf, entriesOf } from "./ledger.ts";

export function walletRoutes({ database }: { database: Database }): Route[] {
  return [
    {
      method: "GET",
      path: "/api/wallet",
      access: "signed in",
      async handle({ person }) {
        const id = person?.id ?? "";
        const wallet = await database.asPerson(id, async (query) => ({
          balanceMinor: await balanceOf(query, id),
          currency: "usd",
          entries: await entriesOf(query, id, 50),
        }));
        return json(200, wallet);
      },
    },
  ];
}
