import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Route } from "../http/route.ts";
import { type Log, reasonOf } from "../log.ts";
import type { Person } from "../people/person.ts";
import type { Settings } from "../settings.ts";

/** Cents a month. */
const PRICES = { plus: 600, circle: 1_500 } as const;

/** Opens a page of Stripe's where somebody subscribes; the webhook tells when they did. */
export function checkoutRoute({ stripe }: Settings, log: Log): Route {
  return {
    method: "POST",
    path: "/api/checkouts",
    access: "signed in",
    limit: { requests: 20, seconds: 60 },
    async handle({ person, body, headers, origin }) {
      const { tier } = parseJson(body, headers["content-type"]);
      if (tier !== "plus" && tier !== "circle") throw new Refusal(400, "bad-tier", "choose plus or circle");
      const { id, email } = person as Person;
      const form = new URLSearchParams({
        mode: "subscription",
        client_reference_id: id,
        customer_email: email,
        success_url: `${origin}/?paid=1`,
        cancel_url: `${origin}/`,
        "automatic_tax[enabled]": "true",
        "subscription_data[metadata][person]": id,
        "subscription_data[metadata][tier]": tier,
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": String(PRICES[tier]),
        "line_items[0][price_data][recurring][interval]": "month",
        "line_items[0][price_data][product_data][name]": `Dreamcatcher ${tier}`,
      });
      try {
        const response = await fetch(`${stripe.apiUrl}/v1/checkout/sessions`, {
          method: "POST",
          headers: { authorization: `Bearer ${stripe.secretKey}` },
          body: form,
          signal: AbortSignal.timeout(8_000),
          redirect: "error",
        });
        if (!response.ok) throw new Error(`Stripe answered ${response.status}`);
        const { url } = (await response.json()) as { url?: unknown };
        if (typeof url !== "string") throw new Error("Stripe sent no address to pay at");
        return json(201, { url, publishableKey: stripe.publishableKey });
      } catch (thrown) {
        log.error("no checkout", { reason: reasonOf(thrown) });
        throw new Refusal(502, "no-checkout", "payments are out of reach right now; nothing was charged");
      }
    },
  };
}
