import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { type Forged, forgedDeliveries, oddBytesDelivery, oldDelivery } from "./webhook-facts.ts";

const VERIFY = "https://docs.stripe.com/webhooks#verify-manually";

export const signatureRequired = defineCheck({
  id: "webhook.signature.required",
  title: "The webhook refuses events that Stripe did not sign",
  consequence: "Anybody who knows the address can make the application believe that a payment was made.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    webhook signature verification | stripe webhook signature verified | unsigned webhooks are rejected
    webhook secret is checked | webhook signature validation | webhooks verified
    verify webhook signatures
    Stripe webhooks verified | webhook signatures checked | unsigned events refused | webhook signature
    Stripe-Signature header checked
    Stripe-Signature | constructEvent | constructEvent in the webhook handler | forged events rejected
    webhooks authenticated | webhook requests without signature rejected | invalid signature returns 400
    webhook rejects bad signatures | fake webhook events refused | spoofed webhooks rejected
    Stripe::Webhook.construct_event | webhook authenticity verified
    webhook with wrong signature gets 400 | wrong signature refused | invalid webhooks rejected
    webhook endpoint protected by signature | Stripe webhook signature tested
    wrong webhook signature returns 401 | webhook endpoint validates signatures
    invalid and replayed webhooks tested | tests of invalid webhooks pass
  `),
  source: VERIFY,
  needs: { forged: forgedDeliveries },
  run({ forged }, { options }) {
    const missing = forged.find(({ status }) => status === 404 || status === 405);
    if (missing) {
      return fail(`nothing takes events at ${options.webhook}`, {
        expected: `POST ${options.webhook} answers 400 to an unsigned event`,
        found: `${missing.status}`,
        fix: `route POST ${options.webhook} to the webhook, or correct stripe({ webhook }) in gonogo.config.ts`,
      });
    }
    const believed = forged.filter(
      ({ status, effects }) => (status >= 200 && status < 300) || (effects ?? 0) > 0,
    );
    if (believed.length > 0) {
      return fail(
        `the webhook believes an event that is ${believed.map(({ how }) => how).join(", and one ")}`,
        {
          expected: "400, and no effect",
          found: believed.map(tell).join("; "),
          fix: `verify the Stripe-Signature header with ${options.webhookSecretVariable} before anything else (stripe.webhooks.constructEvent), and answer 400 when it does not fit`,
          findings: believed.map(({ how }) => how),
        },
      );
    }
    const wrong = forged.filter(({ status }) => status < 400 || status > 499);
    if (wrong.length > 0) {
      return fail("the webhook does not refuse forged events but stumbles over them", {
        expected: "400",
        found: wrong.map(tell).join("; "),
        fix: "catch the error of the signature check and answer 400: with a 5xx Stripe delivers again for days",
        findings: wrong.map(({ how }) => how),
      });
    }
    return pass(`${quantity(forged.length, "forged event")} refused`, {
      statuses: forged.map(({ status }) => status).join(", "),
      effectCounted: forged.every(({ effects }) => effects !== undefined),
    });
  },
});

function tell({ how, status, effects }: Forged): string {
  return `${how}: ${status}${effects ? `, ${effects} effect` : ""}`;
}

export const signatureRawBody = defineCheck({
  id: "webhook.signature.raw-body",
  title: "The signature is verified over the bytes as they came",
  consequence: "True events are refused as soon as a parser writes them differently, and payments are lost.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  // A webhook that broke loses payments: this one question also tells whether it works at all.
  every: "5m",
  asks: ways(`
    raw body for the stripe webhook | webhook uses the raw request body
    body parser does not touch webhooks | Raw body used for signature | express.raw for webhook
    bodyParser disabled for webhook | bodyParser false | bodyParser: false
    signature verified against raw payload | webhook handler reads the raw text before JSON parsing
    webhook raw text | signature over raw body | raw request body for signature verification
    webhook body not parsed before verification | raw payload | raw body | JSON parsing skipped for webhook
    rawBody true | request.body unparsed for webhook | webhook signature with raw body
    webhook route excluded from JSON parser | webhook route skips the JSON body parser
    skip JSON parser for webhook | JSON parser skipped | webhook before body parser
    raw body passed to constructEvent | express.json not applied to the webhook
    webhook not parsed by express.json | webhook tested | webhooks tested | test Stripe webhook
    test webhook handling | webhook handler working | test webhook with the Stripe CLI
    webhook processing works | webhook processing verified | webhook processing tested
    webhooks are processed | webhook events handled | webhook events are processed
  `),
  source: VERIFY,
  needs: { odd: oddBytesDelivery },
  run({ odd: { status, tookMs } }, { options }) {
    if (status >= 200 && status < 300)
      return pass("an oddly written, correctly signed event is accepted", { status, tookMs });
    if (status === 404 || status === 405) {
      return fail(`nothing takes events at ${options.webhook}`, {
        expected: "2xx",
        found: `${status}`,
        fix: `route POST ${options.webhook} to the webhook, or correct stripe({ webhook }) in gonogo.config.ts`,
      });
    }
    if (status >= 500) {
      return fail("the webhook fails on a type of event it does not know", {
        expected: "2xx: Stripe adds types, and delivers a refused event again for days",
        found: `${status}`,
        fix: "answer 200 to types the application has no use for",
      });
    }
    return fail("a correctly signed event is refused when its JSON is written unusually", {
      expected: "2xx for a body with spaces, escapes and a trailing newline",
      found: `${status}`,
      fix: `hand the request's raw bytes to the signature check (express: express.raw({ type: "application/json" }) on ${options.webhook}, before any JSON parser), and check that ${options.webhookSecretVariable} is this endpoint's`,
    });
  },
});

export const timestampTolerance = defineCheck({
  id: "webhook.timestamp.tolerance",
  title: "An old signature is refused",
  consequence: "Whoever once got hold of a delivery can send it again for ever.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    webhook timestamp tolerance | old webhook signatures rejected | webhook replay attack protection
    Webhook replay protection | Webhook timestamp checked | old webhook events rejected
    old webhooks refused | replay attacks prevented by signature timestamp
    signatures older than minutes refused | stale Stripe-Signature timestamps fail
    stale signatures rejected | webhooks with old timestamp rejected | webhook timestamps checked
    timestamp of the webhook | signature timestamp tolerance | signature tolerance 300 seconds
    expired webhook signature | webhook signature too old | outdated signed events refused
    tolerance of the Stripe signature | events with an old signature rejected
    signature older than minutes rejected | replayed webhooks older than five minutes rejected
  `),
  source: "https://docs.stripe.com/webhooks#replay-attacks",
  needs: { old: oldDelivery },
  run({ old: { status, ageSeconds, effects } }, { options }) {
    const measured = { status, ageSeconds };
    if (status >= 400 && status < 500 && !effects)
      return pass(`a signature ${ageSeconds} s old is refused`, measured);
    return fail(
      `a signature ${ageSeconds} s old is ${status < 400 || effects ? "accepted" : `answered ${status}`}`,
      {
        expected: `400 for anything older than ${options.tolerance}`,
        found: `${status}${effects ? `, ${effects} effect` : ""}`,
        fix: `compare t of the Stripe-Signature header with the clock and refuse more than ${options.tolerance} (constructEvent does; its tolerance must not be 0)`,
        measured,
      },
    );
  },
});
