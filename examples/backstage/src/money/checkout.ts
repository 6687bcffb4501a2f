import type { Database } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import type { Route } from "../http/route.ts";
import { type Log, reasonOf } from "../log.ts";
import type { Person } from "../people/person.ts";
import type { Settings } from "../settings.ts";
import { idOf, streamOf } from "../streams/routes.ts";

/** Opens a page of Stripe's where somebody buys a pass, at the price we know and no other. */
export function checkoutRoute(database: Database, { stripe }: Settings, log: Log): Route {
  return {
    method: "POST",
    path: "/api/streams/:id/passes",
    access: "signed in",
    limit: { requests: 30, seconds: 60 },
    async handle(request) {
      const { id: personId, email } = request.person as Person;
      const stream = await streamOf(database, idOf(request));
      if (stream.ended_at) throw new Refusal(410, "stream-over", "this stream is over");
      const form = new URLSearchParams({
        mode: "payment",
        client_reference_id: personId,
        customer_email: email,
        "metadata[stream]": stream.id,
        success_url: `${request.origin}/?paid=1`,
        cancel_url: `${request.origin}/`,
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": stream.price_minor,
        "line_items[0][price_data][product_data][name]": stream.title,
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
