import { defineComponent } from "../../model/component.ts";
import { modeLive, secretPerEnvironment } from "./credential-checks.ts";
import { fastAcknowledgement, orderTolerant, replayIdempotent } from "./delivery-checks.ts";
import { endpointRegistered } from "./endpoint-check.ts";
import { stripeOptions } from "./options.ts";
import { priceMatches } from "./price-check.ts";
import { provisionPayments } from "./provision.ts";
import { signatureRawBody, signatureRequired, timestampTolerance } from "./signature-checks.ts";

/** Payments by Stripe: the keys, and the webhook by which it tells what happened. */
export const stripe = defineComponent({
  kind: "stripe",
  summary: "Payments by Stripe: its keys and the webhook it delivers events to.",
  options: stripeOptions,
  variables: ({
    secretKeyVariable,
    webhookSecretVariable,
    publishableKeyVariable,
    apiUrlVariable,
    standIn,
    prices,
  }) => [
    {
      name: secretKeyVariable,
      is: { type: "string", pattern: "^(sk|rk)_(test|live)_.+$" },
      required: true,
      secret: true,
      description: "Stripe's secret or restricted API key (Developers, API keys).",
      testPrefixes: ["sk_test_", "rk_test_"],
      livePrefixes: ["sk_live_", "rk_live_"],
    },
    {
      name: webhookSecretVariable,
      is: { type: "string", pattern: "^whsec_.+$" },
      required: true,
      secret: true,
      description: "Signing secret of this environment's webhook endpoint (Developers, Webhooks).",
    },
    ...(standIn === undefined
      ? []
      : [
          {
            name: apiUrlVariable,
            is: { type: "url", protocols: ["https", "http"] } as const,
            required: false,
            secret: false,
            description: "Where Stripe's API is reached; set only for a stand-in.",
            default: "https://api.stripe.com",
          },
        ]),
    ...prices.flatMap(({ variable }) =>
      variable === undefined
        ? []
        : [
            {
              name: variable,
              is: { type: "string", pattern: "^(price|plan)_.+$" } as const,
              required: true,
              secret: false,
              description: "Id of a price at Stripe, of this environment's mode.",
            },
          ],
    ),
    ...(publishableKeyVariable === undefined
      ? []
      : [
          {
            name: publishableKeyVariable,
            is: { type: "string", pattern: "^pk_(test|live)_.+$" } as const,
            required: true,
            secret: false,
            description: "Stripe's publishable key, which browsers get.",
            testPrefixes: ["pk_test_"],
            livePrefixes: ["pk_live_"],
          },
        ]),
  ],
  provision: provisionPayments,
  checks: [
    modeLive,
    secretPerEnvironment,
    signatureRequired,
    signatureRawBody,
    timestampTolerance,
    replayIdempotent,
    fastAcknowledgement,
    orderTolerant,
    endpointRegistered,
    priceMatches,
  ],
});
