import { Refusal } from "../http/answer.ts";
import { type Log, reasonOf } from "../log.ts";
import type { Settings } from "../settings.ts";

export interface CheckoutRequest {
  readonly personId: string;
  readonly amountMinor: number;
  /** Where Stripe sends people back to: "https://soulseer.example". */
  readonly origin: string;
  /** The same key again gets the same checkout. */
  readonly idempotencyKey: string;
}

/** Opens a page of Stripe's where somebody pays; the webhook tells when they did. Throws Refusal 502. */
export type OpenCheckout = (request: CheckoutRequest) => Promise<{ readonly url: string }>;

export function createCheckout({ apiUrl, secretKey }: Settings["stripe"], log: Log): OpenCheckout {
  return async ({ personId, amountMinor, origin, idempotencyKey }) => {
    const form = new URLSearchParams({
      mode: "payment",
      client_reference_id: personId,
      success_url: `${origin}/?paid=1`,
      cancel_url: `${origin}/`,
      "line_items[0][quantity]": "1",
      "line_items[0][price_data][currency]": "usd",
      "line_items[0][price_data][unit_amount]": String(amountMinor),
      "line_items[0][price_data][product_data][name]": "SoulSeer wallet",
    });
    try {
      const response = await fetch(`${apiUrl}/v1/checkout/sessions`, {
        method: "POST",
        headers: { authorization: `Bearer ${secretKey}`, "idempotency-key": idempotencyKey },
        body: form,
        signal: AbortSignal.timeout(8_000),
        redirect: "error",
      });
      if (!response.ok) throw new Error(`Stripe answered ${response.status}`);
      const { url } = (await response.json()) as { url?: unknown };
      if (typeof url !== "string") throw new Error("Stripe sent no address to pay at");
      return { url };
    } catch (thrown) {
      log.error("no checkout", { reason: reasonOf(thrown) });
      throw new Refusal(502, "no-checkout", "payments are out of reach right now; nothing was charged");
    }
  };
}
