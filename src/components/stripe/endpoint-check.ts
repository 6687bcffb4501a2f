import { defineCheck } from "../../model/check.ts";
import { fail, pass, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { registeredEndpoints, type WebhookEndpoint } from "./endpoint-facts.ts";

/** Stripe sends these only to endpoints that name them ("*" leaves them out). */
const NAMED_ONLY = /^(issuing_authorization\.request|v2\.)/;

export const endpointRegistered = defineCheck({
  id: "webhook.endpoint.registered",
  title: "The provider (Stripe) delivers the declared events to exactly the declared webhook address",
  consequence: "People pay and get nothing: Stripe never tells the application.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    webhook registered in Stripe | Stripe webhook endpoint registered | webhook endpoint added in the Stripe dashboard
    webhook URL configured in Stripe | production webhook endpoint created | Stripe webhook points to production
    webhook events selected in Stripe | Stripe webhook events subscribed | webhook endpoint enabled
    Stripe webhook URL updated to production domain | live webhook endpoint created
    webhook listens for checkout.session.completed | Stripe-Webhook eingerichtet | Webhook in Stripe registriert
    webhook registrado en Stripe | webhook Stripe enregistré | webhook cadastrado no Stripe
    Stripe webhooks | webhook endpoint registered with live mode | Stripe webhook configured
    Stripe webhooks configured | set up the production webhook | add webhook endpoint in Stripe
    live webhook endpoint added | webhook endpoint created | create webhook endpoint
    update the webhook endpoint to live mode | configure the Stripe webhook | Stripe webhook set up
    checkout.session.completed | payment_intent.succeeded | invoice.paid | customer.subscription.deleted
    charge.refunded | webhook events: payment_intent.succeeded, charge.refunded
    Stripe dashboard endpoint points to the API | select events to listen to
    webhook URL registered in the Stripe dashboard | events selected for the endpoint
    Stripe endpoint for production added | add the endpoint in Stripe
  `),
  source: "https://docs.stripe.com/api/webhook_endpoints/object",
  needs: { seen: registeredEndpoints },
  run({ seen: { wanted, endpoints } }, { options: { events, webhookSecretVariable } }) {
    const expected = `${wanted}, enabled, for ${events.join(", ")}`;
    const measured = { endpoints: endpoints.length, events: events.length };
    const there = endpoints.filter(({ url }) => sameAddress(url, wanted));
    if (there.length === 0) {
      const others = endpoints.map(({ url }) => withoutQuery(url));
      return fail(others.length === 0 ? "no webhook is registered" : "this webhook is not registered", {
        expected,
        found: others.length === 0 ? "no endpoint at all" : `only ${others.slice(0, 5).join(", ")}`,
        fix: `add the endpoint ${wanted} in Stripe's dashboard (Developers, Webhooks) and put its signing secret into ${webhookSecretVariable}`,
        findings: [wanted],
        measured,
      });
    }
    const enabled = there.filter(({ isEnabled }) => isEnabled);
    if (enabled.length === 0) {
      return fail("the webhook is registered, but disabled", {
        expected,
        found: `${there.map(({ id }) => id).join(", ")}: disabled`,
        fix: "enable the endpoint in Stripe's dashboard; Stripe disables one that failed for days, so see why it did",
        findings: ["disabled"],
        measured,
      });
    }
    const missing = events.filter((event) => !enabled.some((endpoint) => delivers(endpoint, event)));
    if (missing.length > 0) {
      return fail(`the webhook does not get ${quantity(missing.length, "declared event")}`, {
        expected,
        found: `${wanted} without ${missing.join(", ")}`,
        fix: `add ${missing.join(", ")} to the events of ${enabled.map(({ id }) => id).join(", ")}`,
        findings: missing,
        measured,
      });
    }
    const twice = events.filter(
      (event) => enabled.filter((endpoint) => delivers(endpoint, event)).length > 1,
    );
    if (twice.length > 0) {
      return warn("the webhook is registered twice", {
        expected: "one endpoint for each event: each has a signing secret of its own",
        found: `${twice.join(", ")} by ${enabled.map(({ id }) => id).join(" and ")}`,
        fix: `delete the endpoint whose signing secret is not that of ${webhookSecretVariable}`,
        findings: twice,
        measured,
      });
    }
    return pass(`${wanted} is registered and gets ${quantity(events.length, "declared event")}`, measured);
  },
});

function delivers({ events }: WebhookEndpoint, event: string): boolean {
  return events.includes(event) || (events.includes("*") && !NAMED_ONLY.test(event));
}

/** Byte for byte but for what an address may be written in two ways: a redirect is no delivery to Stripe. */
function sameAddress(one: string, other: string): boolean {
  const plain = (text: string): string => {
    const url = URL.parse(text);
    return url ? `${url.origin}${url.pathname}` : text;
  };
  return plain(one) === plain(other);
}

/** What people put behind the question mark may be a secret. */
function withoutQuery(url: string): string {
  return url.replace(/\?.*$/, "");
}
