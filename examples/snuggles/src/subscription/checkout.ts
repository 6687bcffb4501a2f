import { Refusal } from "../http/answer.ts";
import { type Log, reasonOf } from "../log.ts";
import type { Settings } from "../settings.ts";

export interface CheckoutRequest {
  readonly person: string;
  readonly tier: { readonly tier: string; readonly name: string; readonly priceMinor: number };
  /** Where Stripe sends people back to: "https://snuggles.example". */
  readonly origin: string;
  /** The same key again gets the same checkout. */
  readonly idempotencyKey: string;
}

/** Opens a page of Stripe's where somebody subscribes; the webhook tells when they did. Throws Refusal 502. */
export type OpenCheckout = (request: CheckoutRequest) => Promise<{ readonly url: string }>;

const TRIAL_DAYS = 7;

export function createCheckout({ stripe }: Settings, log: Log): OpenCheckout {
  return async ({ person, tier: { tier, name, priceMinor }, origin, idempotencyKey }) => {
    const form = new URLSearchParams({
      mode: "subscription",
      client_reference_id: person,
      success_url: `${origin}/subscription`,
      cancel_url: `${origin}/pricing`,
      "line_items[0][quantity]": "1",
      "line_items[0][price_data][currency]": "usd",
      "line_items[0][price_data][unit_amount]": String(priceMinor),
      "line_items[0][price_data][recurring][interval]": "month",
      "line_items[0][price_data][product_data][name]": `Snuggles ${name}`,
      "subscription_data[trial_period_days]": String(TRIAL_DAYS),
      "subscription_data[metadata][person_id]": person,
      "subscription_data[metadata][tier]": tier,
    });
    try {
      const response = await fetch(`${stripe.apiUrl}/v1/checkout/sessions`, {
        method: "POST",
        headers: { authorization: `Bearer ${stripe.secretKey}`, "idempotency-key": idempotencyKey },
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
