import { z } from "zod";
import { DoesNotApply, defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
import type { StripeOptions } from "./options.ts";
import { apiOf, askStripe } from "./stripe-api.ts";

/** A webhook endpoint as Stripe keeps it. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly isEnabled: boolean;
  /** ["*"]: all but those that have to be chosen one by one. */
  readonly events: readonly string[];
}

export interface RegisteredEndpoints {
  /** Where this environment takes events. */
  readonly wanted: string;
  readonly endpoints: readonly WebhookEndpoint[];
}

const page = z.object({
  data: z.array(
    z.object({ id: z.string(), url: z.string(), status: z.string(), enabled_events: z.array(z.string()) }),
  ),
  has_more: z.boolean(),
});

/** An account has 16 endpoints at most; Connect platforms that many again. */
const MOST_PAGES = 5;

export const registeredEndpoints = defineFact<RegisteredEndpoints, StripeOptions>({
  id: "stripe.registered-endpoints",
  access: "read",
  reach: "application",
  timeoutMs: 60_000,
  attempts: 2,
  async collect(context) {
    const { wanted, isReachable } = wantedAddress(context);
    const { isStripe } = apiOf(context);
    const isProduction = context.subject.environment.stage === "production";
    if (isStripe && !isReachable && !isProduction) {
      throw new DoesNotApply(`Stripe cannot reach ${new URL(wanted).host}, so nothing is registered for it`);
    }
    const endpoints: WebhookEndpoint[] = [];
    let after: string | undefined;
    for (let count = 0; count < MOST_PAGES; count++) {
      const from = after === undefined ? "" : `&starting_after=${encodeURIComponent(after)}`;
      const answer = await askStripe(context, `/v1/webhook_endpoints?limit=100${from}`);
      if (answer.status === 404) {
        if (isStripe || isProduction) throw new NotObserved("no list of webhook endpoints is there (404)");
        throw new DoesNotApply("the stand-in for Stripe keeps no webhook endpoints; Stripe itself is asked");
      }
      const { data, has_more } = page.parse(answer.body);
      endpoints.push(
        ...data.map(({ id, url, status, enabled_events }) => ({
          id,
          url,
          isEnabled: status === "enabled",
          events: enabled_events,
        })),
      );
      after = data.at(-1)?.id;
      if (!has_more || after === undefined) return { wanted, endpoints };
    }
    throw new NotObserved(`there are more than ${MOST_PAGES * 100} webhook endpoints`);
  },
});

function wantedAddress({ subject }: FactContext<StripeOptions>): { wanted: string; isReachable: boolean } {
  const { publicUrlVariable, webhook } = subject.options;
  const told = subject.variables.values.get(publicUrlVariable)?.value.reveal().trim().replace(/\/+$/, "");
  const base = told || subject.address?.url;
  if (base === undefined) throw new NotObserved("nothing is deployed yet");
  const url = URL.parse(base);
  if (!url) throw new NotObserved(`${publicUrlVariable} is not an address`);
  const isHere = /(^|\.)localhost$|^127\.|^\[::1\]$/.test(url.hostname);
  return { wanted: base + webhook, isReachable: !isHere };
}
