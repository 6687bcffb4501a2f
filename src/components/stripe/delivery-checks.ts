import { defineCheck } from "../../model/check.ts";
import { durationMs } from "../../model/duration.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { acknowledgements, deliveryOrders, replay } from "./webhook-facts.ts";

export const replayIdempotent = defineCheck({
  id: "webhook.replay.idempotent",
  title: "An event delivered again has one effect",
  consequence: "A retry of Stripe's credits or charges a customer twice, and the books no longer balance.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    webhook idempotency | stripe events processed once | processed events table
    duplicate webhook delivery has no effect | webhook replay is safe
    duplicate events ignored | webhook deduplication | idempotent webhooks | webhook handlers idempotent
    idempotency implemented | replayed events don't create second orders | replayed events have no effect
    event processed only once | duplicate events don't create second orders
    events delivered twice are handled once | retried webhooks do not charge twice
    webhook delivered twice has one effect | duplicate webhook deliveries
    webhook processed once without duplicates | no duplicate webhook processing | store processed event ids
    processed event ids stored | resending a webhook does not double the order | event.id deduplicated
    event ids deduplicated | webhook processing idempotent | repeated webhook creates no duplicates
    repeated delivery of webhook | webhook event id recorded | Stripe event handled once
    Stripe retries are harmless | unique constraint on event id | webhook redelivery
    replaying an event has no effect | replayed webhooks ignored
    repeated events do not charge twice | repeated events
    repeated webhooks | replayed webhook tested | processed Stripe events recorded
    processed Stripe events tracked | tracking of processed events | processed events tracked
    invalid and replayed webhooks tested | replayed webhooks rejected
  `),
  source: "https://docs.stripe.com/webhooks#handle-duplicate-events",
  needs: { replayed: replay },
  run({ replayed: { deliveries, effects } }, { options }) {
    const statuses = deliveries.map(({ status }) => status).join(", ");
    const measured = { statuses, effects };
    const refused = deliveries.filter(({ status }) => status < 200 || status > 299);
    if (effects > 1) {
      return fail(
        `one event delivered ${quantity(deliveries.length, "time")} had ${quantity(effects, "effect")}`,
        {
          expected: "1 effect",
          found: `${effects}`,
          fix: "insert the event's id into a table with a primary key in the same transaction as the effect, with `on conflict do nothing`, and do nothing when no row was inserted",
          measured,
        },
      );
    }
    if (effects === 0) {
      return fail("the declared event had no effect at all", {
        expected: "1 effect after 3 deliveries",
        found: `0 effects, answers ${statuses}`,
        fix: `handle ${options.effect?.event.type ?? "the event"}, or correct stripe({ effect }) in gonogo.config.ts`,
        measured,
      });
    }
    if (refused.length > 0) {
      return fail("a repeated event is refused", {
        expected: "2xx for every delivery: Stripe takes anything else for a failure and delivers again",
        found: statuses,
        fix: "answer 200 to an event that was processed before",
        measured,
      });
    }
    return pass(`${quantity(deliveries.length, "delivery", "deliveries")}, one effect`, measured);
  },
});

export const fastAcknowledgement = defineCheck({
  id: "webhook.fast-ack",
  title: "The webhook answers quickly",
  consequence: "Stripe gives up waiting, counts the event as failed and delivers it again.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    webhook responds quickly | webhook returns 200 within 5 seconds
    webhook response time | Webhook returns 200 quickly | webhook endpoint responds within seconds
    webhook answers within 5 seconds | return 200 to Stripe immediately | return 2xx immediately
    no slow logic in the webhook
    webhook handler fast | webhook acknowledges immediately | webhook does not time out
    Stripe webhook timeouts | respond to Stripe within seconds | webhooks acknowledged quickly
    webhooks acknowledged at once
  `),
  source: "https://docs.stripe.com/webhooks#acknowledge-events-immediately",
  figures: { within: { measured: "worstMs", keeps: "no more", in: "ms" } },
  needs: { answers: acknowledgements },
  run({ answers }, { options }) {
    const limitMs = durationMs(options.acknowledgeWithin);
    const worstMs = Math.round(Math.max(...answers.map(({ tookMs }) => tookMs)));
    const measured = { worstMs, deliveries: answers.length };
    if (worstMs <= limitMs)
      return pass(`the slowest of ${answers.length} answers took ${worstMs} ms`, measured);
    return fail("the webhook answers too slowly", {
      expected: `every answer within ${limitMs} ms`,
      found: `${worstMs} ms`,
      fix: "store the event, answer 200, and do the work in a job",
      measured,
    });
  },
});

export const orderTolerant = defineCheck({
  id: "webhook.order.tolerant",
  title: "Events in either order lead to the same state",
  consequence: "Stripe promises no order: a customer ends up with or without what they paid for, by chance.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    out of order webhooks | webhook event order does not matter | webhooks handled in any order
    events may arrive out of order | webhook events may arrive out of order | handle out-of-order events
    out-of-order Stripe events | do not rely on event ordering | event ordering
    state right whichever event arrives first | late events do not overwrite newer state
    webhooks in wrong order handled | order of webhooks does not matter | order of events does not matter
    older events ignored | events in any order | webhook ordering not assumed | out of order delivery
    handlers do not depend on event order | events out of sequence handled | event sequence does not matter
    out of sequence events | order of webhook events | event order irrelevant
    webhooks out of order do not break subscriptions
  `),
  source: "https://docs.stripe.com/webhooks#event-ordering",
  needs: { orders: deliveryOrders },
  run({ orders: { asHappened, reversed } }, { options }) {
    const expected = options.order?.expected;
    if (expected !== undefined && asHappened !== expected) {
      return fail("two events of one thing lead to a wrong state", {
        expected: `the state ${expected}`,
        found: `${asHappened} when they come in order, ${reversed} the other way round`,
        fix: "key the effect by what the events are about, not by the event, and wait for the one that says it is done",
      });
    }
    if (asHappened === reversed) return pass("both orders lead to the same state", { state: asHappened });
    return fail("the order of delivery changes the result", {
      expected: `the state ${asHappened}, as when they come in order`,
      found: `${reversed} when they come the other way round`,
      fix: "fetch the object from Stripe's API when an event arrives, or keep its `created` and ignore older ones",
    });
  },
});
